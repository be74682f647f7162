package io.meseta.agent.core.task;

import io.meseta.agent.core.update.Cause.Reason;

/// How a task's processes came to an end, as far as it is known.
public sealed interface Exit {

    /// Whether it ran for certain.
    default boolean hasRun() {
        return switch (this) {
            case Status _, Limited _ -> true;
            case Unknown _, NeverStarted _ -> false;
        };
    }

    /// The command's shell status, 0 to 255.
    record Status(int value) implements Exit {
        public Status {
            if (value < 0 || value > 255) throw new IllegalArgumentException("status " + value);
        }
    }

    /// It was ended since it took more than it may.
    ///
    /// @param what the limit that it met
    /// @param message how much it took, for the framework
    record Limited(Reason what, String message) implements Exit {
        public Limited {
            boolean isLimit =
                    what == Reason.CONTAINER_LIMITATION_MEMORY
                            || what == Reason.CONTAINER_LIMITATION_DISK;
            if (!isLimit) throw new IllegalArgumentException("no limit: " + what);
        }
    }

    /// The process is gone and nobody learnt its status: its supervisor was killed, or the machine
    /// restarted.
    record Unknown(String why) implements Exit {}

    /// It never ran.
    record NeverStarted() implements Exit {}
}
