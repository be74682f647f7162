package io.meseta.platform.credentials;

import java.util.Optional;

/// Asks the auth-service for a token, in the way that fits what this service is.
interface TokenSource {

    /// Waits for the answer, within limits.
    Grant fetch();

    /// The newest token of an earlier run of this service, where it was kept.
    default Optional<Grant> kept() {
        return Optional.empty();
    }

    /// The value for an Authorization header that proves the same without a token, for while the
    /// auth-service is away.
    default Optional<String> substitute() {
        return Optional.empty();
    }
}
