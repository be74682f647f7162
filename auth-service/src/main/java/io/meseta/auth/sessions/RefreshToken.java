package io.meseta.auth.sessions;

import java.time.Instant;

/// A refresh token as far as it is kept, with the access token that was given along with it.
///
/// @param hash SHA-256 in hex; the token itself is kept nowhere
public record RefreshToken(
        String hash, String session, String accessId, Instant accessEndsAt, boolean isUsed) {

    /// Hides the hash: texts end up in logs.
    @Override
    public String toString() {
        return "RefreshToken[session=%s, isUsed=%s]".formatted(session, isUsed);
    }
}
