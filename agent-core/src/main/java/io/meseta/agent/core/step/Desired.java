package io.meseta.agent.core.step;

/// What should be true of one task's processes.
public enum Desired {
    /// A sandbox with its files fetched; no process yet.
    PREPARED,
    /// A process; it is started if there is none.
    STARTED,
    /// The process that was seen. If it is gone, that is news, never a reason to start another.
    KEPT,
    /// Told to end.
    TERMINATED,
    /// Ended, whatever it says.
    DESTROYED,
    /// Nothing.
    ABSENT
}
