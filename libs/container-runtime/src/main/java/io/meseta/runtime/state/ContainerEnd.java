package io.meseta.runtime.state;

/// How a process ended.
///
/// The monitor writes down one number, in which 128 and more means a signal, as in a shell. So a
/// program that exits with 137 by itself is taken for killed.
public sealed interface ContainerEnd {

    /// Whether the kernel killed something in the container because memory had reached the limit.
    boolean isOutOfMemory();

    /// It went by itself.
    record Exited(int code, boolean isOutOfMemory) implements ContainerEnd {}

    /// A signal ended it.
    record Killed(int signal, boolean isOutOfMemory) implements ContainerEnd {}

    /// It runs no more and nobody saw how it ended: its monitor was killed, or the machine started
    /// anew.
    record Unseen(boolean isOutOfMemory) implements ContainerEnd {}

    /// Reads a number as a shell has it.
    static ContainerEnd ofShellCode(int code, boolean isOutOfMemory) {
        return code > 128 && code <= 128 + 64
                ? new Killed(code - 128, isOutOfMemory)
                : new Exited(code, isOutOfMemory);
    }
}
