package io.meseta.auth.sessions;

import java.time.Instant;

/// What a browser keeps, as far as it is kept here: good for any number of access tokens, until the
/// session ends.
///
/// @param hash SHA-256 in hex; the key itself is kept nowhere
/// @param used when it was last good for an access token
public record SessionKey(String hash, String session, Instant used) {

    /// Hides the hash: texts end up in logs.
    @Override
    public String toString() {
        return "SessionKey[session=%s]".formatted(session);
    }
}
