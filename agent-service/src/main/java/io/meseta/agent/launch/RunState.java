package io.meseta.agent.launch;

import io.meseta.agent.core.task.Exit;

/// How far a run has come, as its directory and the process table show it.
public sealed interface RunState {

    /// Nobody has begun it.
    record Unclaimed() implements RunState {}

    /// It goes on.
    ///
    /// @param supervisor of a process; of a container, its first process
    record Alive(ProcessIdentity supervisor) implements RunState {}

    /// The command has ended with this shell status, and nothing of it is left.
    record Ended(int status) implements RunState {}

    /// It was ended since it took more than it may.
    record Limited(Exit.Limited how) implements RunState {}

    /// The supervisor is gone without a word.
    record Lost(String why) implements RunState {}
}
