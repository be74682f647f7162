package io.meseta.agent.core.task;

/// Why a task is being ended; it decides what its last update says.
public enum KillMotive {
    /// Its framework, or an operator, asked for it.
    ASKED,
    /// It ran longer than its framework allowed.
    TIME_IS_UP,
    /// Nobody waits for it any more: its framework is gone, or the agent starts over.
    UNWANTED
}
