package io.meseta.agent.core.step;

/// What is seen of one task's processes.
public enum Observed {
    /// Neither sandbox work nor process.
    NOTHING,
    /// Its sandbox is being made.
    PREPARING,
    /// Its sandbox is made; no process.
    READY,
    /// Its process is being started: whether it is there cannot be told yet.
    STARTING,
    /// A process.
    ALIVE,
    /// A process that was told to end.
    ENDING,
    /// It has ended, and the core is being told how.
    GONE
}
