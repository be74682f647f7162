package io.meseta.agent.core.task;

/// How a task's processes came to an end, as far as it is known.
public sealed interface Exit {

    /// The command's shell status, 0 to 255.
    record Status(int value) implements Exit {
        public Status {
            if (value < 0 || value > 255) throw new IllegalArgumentException("status " + value);
        }
    }

    /// The process is gone and nobody learnt its status: its supervisor was killed, or the machine
    /// restarted.
    record Unknown(String why) implements Exit {}

    /// It never ran.
    record NeverStarted() implements Exit {}
}
