package io.meseta.runtime.state;

import java.time.Instant;

/// How a container stands.
public sealed interface ContainerState {

    /// Its program was never seen to run: a launch that goes on, or that a crash cut off. Whoever
    /// finds one after a restart destroys it.
    record Unfinished() implements ContainerState {}

    /// Its first process runs.
    ///
    /// @param pid of the first process, as the machine counts
    record Running(long pid, Instant since) implements ContainerState {}

    /// Its first process has ended; others may go on until it is destroyed.
    record Ended(ContainerEnd end) implements ContainerState {}
}
