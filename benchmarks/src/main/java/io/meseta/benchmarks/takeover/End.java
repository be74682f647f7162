package io.meseta.benchmarks.takeover;

/// What is done to the leader.
enum End {
    KILLED,
    STOPPED,
    PAUSED
}
