package io.meseta.master.engine;

/// Which queue of the inbox a command waits in. Lanes are emptied in this order, so that clients
/// can't keep the cluster from hearing its machines.
public enum Lane {
    /// Time, leadership, closed connections.
    HOUSEKEEPING,
    /// What agents report.
    AGENTS,
    /// What frameworks and operators want.
    CLIENTS
}
