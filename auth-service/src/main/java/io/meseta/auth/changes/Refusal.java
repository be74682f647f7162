package io.meseta.auth.changes;

/// Why something is not done. Each says what to do about it, to whoever asked.
public sealed interface Refusal {

    /// One sentence.
    String detail();

    /// There is none of this name.
    record Unknown(String what, String name) implements Refusal {
        @Override
        public String detail() {
            return "There is no %s '%s'.".formatted(what, name);
        }
    }

    /// There is one of this name already.
    record Exists(String what, String name) implements Refusal {
        @Override
        public String detail() {
            return "There is already a %s '%s'.".formatted(what, name);
        }
    }

    /// It has been changed since the caller looked at it.
    record Stale(long version) implements Refusal {
        @Override
        public String detail() {
            return "It is at version %d by now: read it again, then decide anew."
                    .formatted(version);
        }
    }

    /// Whoever replaces a thing must say what it replaces.
    record Unguarded() implements Refusal {
        @Override
        public String detail() {
            return "Say which version you have seen: send its ETag as If-Match.";
        }
    }

    /// What was sent breaks a rule that holds always.
    record Invalid(String detail) implements Refusal {}

    /// What was sent would break a rule as things are.
    record Conflict(String detail) implements Refusal {}

    /// There are as many as there may be.
    record TooMany(String what, int max) implements Refusal {
        @Override
        public String detail() {
            return "There may be at most %d %s: delete one first.".formatted(max, what);
        }
    }

    /// A secret is wrong, or is none any more. Nobody is told which.
    record WrongSecret() implements Refusal {
        @Override
        public String detail() {
            return "The name or the secret is wrong, or it is good no longer.";
        }
    }

    /// A browser's user gave a wrong name or password, or their session is over. Not [WrongSecret]:
    /// it is not who asks that is unknown.
    record NotSignedIn() implements Refusal {

        @Override
        public String detail() {
            return "The name, the password or the session's key is wrong.";
        }
    }

    /// Too many wrong secrets came from there, or for that name.
    record TooOften(long retryAfterSeconds) implements Refusal {
        @Override
        public String detail() {
            return "Too many attempts have failed: try again in %d s.".formatted(retryAfterSeconds);
        }
    }

    /// Too much is going on.
    record Busy() implements Refusal {
        @Override
        public String detail() {
            return "Too much is going on: try again.";
        }
    }
}
