package io.meseta.model;

/// Where a task stands, by the names that the wire gives.
public enum TaskState {
    /// Accepted by the master; no executor has it yet.
    TASK_STAGING,
    /// The executor has it.
    TASK_STARTING,
    TASK_RUNNING,
    /// A kill is under way.
    TASK_KILLING,
    TASK_FINISHED,
    TASK_FAILED,
    TASK_KILLED,
    /// Its description was bad.
    TASK_ERROR,
    /// What frameworks that are not partition aware are told of a lost agent.
    TASK_LOST,
    /// Never launched.
    TASK_DROPPED,
    /// Its agent cannot be reached; it may come back.
    TASK_UNREACHABLE,
    /// It ran, and does no longer.
    TASK_GONE,
    /// Gone by an operator's word, which nobody can verify.
    TASK_GONE_BY_OPERATOR,
    /// The master knows nothing of it.
    TASK_UNKNOWN;

    /// Whether no other state follows.
    public boolean isTerminal() {
        return switch (this) {
            case TASK_FINISHED,
                    TASK_FAILED,
                    TASK_KILLED,
                    TASK_ERROR,
                    TASK_LOST,
                    TASK_DROPPED,
                    TASK_GONE,
                    TASK_GONE_BY_OPERATOR ->
                    true;
            case TASK_STAGING,
                    TASK_STARTING,
                    TASK_RUNNING,
                    TASK_KILLING,
                    TASK_UNREACHABLE,
                    TASK_UNKNOWN ->
                    false;
        };
    }

    /// What a framework is told that has not [FrameworkCapability#PARTITION_AWARE].
    public TaskState asSeenWithoutPartitionAwareness() {
        return switch (this) {
            case TASK_DROPPED, TASK_UNREACHABLE, TASK_GONE, TASK_GONE_BY_OPERATOR, TASK_UNKNOWN ->
                    TASK_LOST;
            case TASK_STAGING,
                    TASK_STARTING,
                    TASK_RUNNING,
                    TASK_KILLING,
                    TASK_FINISHED,
                    TASK_FAILED,
                    TASK_KILLED,
                    TASK_ERROR,
                    TASK_LOST ->
                    this;
        };
    }
}
