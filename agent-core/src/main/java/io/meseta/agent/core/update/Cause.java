package io.meseta.agent.core.update;

import io.meseta.model.status.StatusSource;

/// Why a task is in its state, in the words of the API. An empty message is not sent.
///
/// @param source the agent itself, or the part of it that stands for an executor
public record Cause(StatusSource source, Reason reason, String message) {

    /// The reasons of the API that an agent gives.
    public enum Reason {
        NONE,
        AGENT_DRAINING,
        AGENT_RESTARTED,
        CONTAINER_LAUNCH_FAILED,
        CONTAINER_LIMITATION_DISK,
        CONTAINER_LIMITATION_MEMORY,
        EXECUTOR_REGISTRATION_TIMEOUT,
        EXECUTOR_REREGISTRATION_TIMEOUT,
        EXECUTOR_TERMINATED,
        MAX_COMPLETION_TIME_REACHED,
        TASK_GROUP_INVALID,
        TASK_INVALID,
        TASK_KILLED_DURING_LAUNCH
    }

    /// Nothing to add to the state itself.
    public static Cause plain() {
        return said("");
    }

    /// What an executor would say.
    public static Cause said(String message) {
        return new Cause(StatusSource.EXECUTOR, Reason.NONE, message);
    }

    public static Cause ofAgent(Reason reason, String message) {
        return new Cause(StatusSource.AGENT, reason, message);
    }
}
