package io.meseta.runtime.plan;

/// Which system calls a container may make.
public sealed interface Seccomp {

    /// Those of our own list, and more with some capabilities.
    record Standard() implements Seccomp {}

    /// All.
    record Unconfined() implements Seccomp {}

    /// Those of a profile in the OCI form (the value of `linux.seccomp`), as JSON.
    record Given(String json) implements Seccomp {

        private static final int CHARACTERS_MAX = 1 << 20;

        public Given {
            Checks.require(json.length() <= CHARACTERS_MAX, "a profile of more than 1 MiB");
        }
    }
}
