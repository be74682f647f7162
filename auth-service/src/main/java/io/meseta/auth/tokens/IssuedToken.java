package io.meseta.auth.tokens;

import java.time.Duration;
import java.time.Instant;

/// An access token, fresh.
///
/// @param id its `jti`, by which it can be revoked
public record IssuedToken(String value, String id, Instant issuedAt, Instant expiresAt) {

    public Duration lifetime() {
        return Duration.between(issuedAt, expiresAt);
    }

    /// Hides the token: texts end up in logs.
    @Override
    public String toString() {
        return "IssuedToken[id=%s, expiresAt=%s]".formatted(id, expiresAt);
    }
}
