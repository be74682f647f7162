package io.meseta.auth.accounts;

import java.time.Instant;

/// One secret of an account, of which only the hash is known.
///
/// @param hash in PHC form
public record Secret(String id, String hash, Instant createdAt) {

    /// Hides the hash: texts end up in logs.
    @Override
    public String toString() {
        return "Secret[id=%s, hash=(hidden), createdAt=%s]".formatted(id, createdAt);
    }
}
