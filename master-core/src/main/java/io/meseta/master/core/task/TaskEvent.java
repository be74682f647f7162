package io.meseta.master.core.task;

import io.meseta.model.AgentId;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// What can happen to a task.
public sealed interface TaskEvent {

    TaskKey task();

    /// The cluster has promised to run it.
    record TaskLaunched(TaskKey task, TaskSpec spec, Placement placement) implements TaskEvent {}

    /// The agent has reported a status that the master did not know.
    ///
    /// @param newest the newest state that the agent knows, which may be ahead of the status
    record StatusReceived(TaskKey task, Status status, TaskState newest, Instant at)
            implements TaskEvent {}

    /// The master itself has found out what became of the task. A terminal status completes it:
    /// there is nothing to acknowledge.
    record StatusDeclared(TaskKey task, Status status) implements TaskEvent {}

    /// The agent has repeated a status that waits for its acknowledgement. Passing.
    record StatusRepeated(TaskKey task, Status status) implements TaskEvent {}

    /// The framework has acknowledged a status that does not end the task. Passing.
    record StatusAcknowledged(TaskKey task, UUID uuid) implements TaskEvent {}

    /// The framework has acknowledged the task's end: the task is completed.
    record EndAcknowledged(TaskKey task, UUID uuid, Instant at) implements TaskEvent {}

    /// Someone with the right wants the task killed.
    record KillWanted(TaskKey task, WantedKill kill, Instant at) implements TaskEvent {}

    /// The framework is told something about a task that does not change it: an answer to a
    /// question, or that a launch was refused, in which case there is no such task. Passing.
    record StatusAnswered(TaskKey task, Optional<AgentId> agent, Status status)
            implements TaskEvent {}

    /// The agent reports on a task of which nothing is left to be known; it may forget it. Passing.
    record StrayReported(TaskKey task, AgentId agent, UUID uuid) implements TaskEvent {}

    default boolean isRecorded() {
        return switch (this) {
            case TaskLaunched _,
                    StatusReceived _,
                    StatusDeclared _,
                    EndAcknowledged _,
                    KillWanted _ ->
                    true;
            case StatusRepeated _, StatusAcknowledged _, StatusAnswered _, StrayReported _ -> false;
        };
    }
}
