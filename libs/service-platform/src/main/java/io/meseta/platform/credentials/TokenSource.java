package io.meseta.platform.credentials;

/// Asks the auth-service for a token, in the way that fits what this service is.
interface TokenSource {

    /// Waits for the answer, within limits.
    Grant fetch();
}
