package io.meseta.platform.identity;

import java.time.Duration;

/// What came of looking at a request's credential.
public sealed interface Recognition {

    /// Somebody, or [Caller#ANONYMOUS] if there was no credential.
    record Known(Caller caller) implements Recognition {}

    /// The credential is no good: 401. `reason` is fit for the caller's eyes.
    record Unknown(Scheme scheme, String reason) implements Recognition {}

    /// Too many wrong secrets, or too many to check at once: 429.
    record TooMany(Duration retryAfter) implements Recognition {}

    /// Before the first bundle nobody can be told from anybody: 503.
    record NotYet() implements Recognition {}

    /// What sort of credential was presented.
    enum Scheme {
        BASIC,
        BEARER,
        OTHER
    }
}
