package io.meseta.authorization.bundle;

import java.time.Instant;

/// What became of a bundle that somebody brought.
public sealed interface Receipt {

    /// It may be used, and its version is now the newest.
    record Accepted(Bundle bundle) implements Receipt {}

    /// It must not be used.
    sealed interface Refused extends Receipt {

        /// Why, in a sentence.
        String reason();

        /// Nobody here trusts this key.
        record UnknownKey(String keyId) implements Refused {
            @Override
            public String reason() {
                return "The bundle is signed by the unknown key '" + keyId + "'";
            }
        }

        /// Its bytes are not those that were signed.
        record BadSignature(String keyId) implements Refused {
            @Override
            public String reason() {
                return "The bundle's signature is not that of key '" + keyId + "'";
            }
        }

        /// Signed, but not in the one form that a bundle has.
        record Malformed() implements Refused {
            @Override
            public String reason() {
                return "The bundle's content is malformed";
            }
        }

        /// Older than what is known already.
        record Rollback(long version, long newest) implements Refused {
            @Override
            public String reason() {
                return "The bundle's version %d is older than %d, which is known already"
                        .formatted(version, newest);
            }
        }

        record Expired(Instant at) implements Refused {
            @Override
            public String reason() {
                return "The bundle expired at " + at;
            }
        }

        /// One of the two clocks is wrong.
        record FromTheFuture(Instant issued) implements Refused {
            @Override
            public String reason() {
                return "The bundle claims to be issued at " + issued + ", which is yet to come";
            }
        }
    }
}
