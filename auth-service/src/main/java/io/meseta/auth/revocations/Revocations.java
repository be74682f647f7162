package io.meseta.auth.revocations;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/// Tokens, and times before which a principal's tokens, that are no longer good.
public interface Revocations {

    int TOKENS_MAX = 100_000;

    /// @param until when the token would expire anyway
    void voidToken(String id, Instant until);

    /// Of this principal only tokens issued at or after `at`, to the second, are good from now on.
    void voidBefore(String principal, Instant at);

    Optional<Instant> notBefore(String principal);

    SortedMap<String, Instant> tokens();

    SortedMap<String, Instant> notBefore();

    long countTokens();

    /// Forgets what no token can need any more.
    ///
    /// @return whether there was something
    boolean forget(Instant tokensUntil, Instant principalsBefore);
}
