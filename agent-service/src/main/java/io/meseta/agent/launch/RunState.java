package io.meseta.agent.launch;

/// How far a run has come, as its directory and the process table show it.
public sealed interface RunState {

    /// No supervisor has claimed it.
    record Unclaimed() implements RunState {}

    /// The supervisor lives.
    record Alive(ProcessIdentity supervisor) implements RunState {}

    /// The command has ended with this shell status, and nothing of it is left.
    record Ended(int status) implements RunState {}

    /// The supervisor is gone without a word.
    record Lost(String why) implements RunState {}
}
