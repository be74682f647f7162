package io.meseta.platform.identity;

import java.time.Instant;

/// How a caller has been recognised.
public sealed interface Proof {

    /// Not at all: the request had no credential, or nobody needed to look at it.
    record None() implements Proof {}

    /// Not at all, since this service runs open to everyone on its machine.
    record Open() implements Proof {}

    /// By a token.
    ///
    /// @param id by which it can be revoked
    record Token(String id, Instant issued, Instant expires) implements Proof {}

    /// By a secret that came with the request (HTTP Basic).
    ///
    /// @param hash the one that it fitted, so that a caller can be asked to leave when it is gone
    record Secret(String hash) implements Proof {

        /// Hides the hash: texts end up in logs.
        @Override
        public String toString() {
            return "Secret[hash=(hidden)]";
        }
    }
}
