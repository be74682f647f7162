package io.meseta.agent.core.machine;

import io.meseta.agent.core.executor.AgentExecutor;
import io.meseta.agent.core.holding.Outcome;
import io.meseta.agent.core.holding.VolumeName;
import io.meseta.agent.core.task.AgentTask;
import io.meseta.agent.core.task.Exit;
import io.meseta.agent.core.update.StatusUpdate;
import io.meseta.model.Opaque;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.UUID;

/// What the shell must do once the events are on disk. Each may be done twice without harm.
public sealed interface Effect {

    /// Tell the master, as report `number`. `latest` may be ahead of the update.
    record SendReport(long number, AgentTask task, StatusUpdate update, TaskState latest)
            implements Effect {}

    /// Tell the master how an operation ended, as report `number`.
    record SendOutcome(long number, Outcome outcome) implements Effect {}

    /// Delete volumes with all their data, then make those that there must be, then say so by
    /// [Command.NoteVolumes]. Until that has been heard no task may use a volume: it could be one
    /// that is to be deleted, of the same name.
    record SettleVolumes(long order, SortedSet<VolumeName> doomed, SortedSet<VolumeName> volumes)
            implements Effect {}

    /// Compare what should run with what runs.
    record Reconcile() implements Effect {}

    /// Nothing of the task is needed any more but its sandbox, which has its own time.
    record DropCheckpoint(AgentTask task) implements Effect {}

    /// Leave the master for good or for a while; the stream is of no use any more.
    record HangUp() implements Effect {}

    /// Say something to an executor, if it still listens on this connection.
    record TellExecutor(AgentExecutor executor, UUID connection, ExecutorWord word)
            implements Effect {}

    /// Tell the master that an executor has ended, as report `number`, with all the tasks that were
    /// ordered up to `seen`.
    record SendExecutorEnd(long number, AgentExecutor executor, Exit exit, long seen)
            implements Effect {}

    /// Pass on what an executor says to its framework, as report `number`.
    record SendMessage(long number, AgentExecutor executor, Opaque data) implements Effect {}

    /// Nothing of the executor is needed any more but its sandbox.
    record DropExecutor(AgentExecutor executor) implements Effect {}

    /// What an executor may hear.
    sealed interface ExecutorWord {

        record Subscribed() implements ExecutorWord {}

        record Launch(AgentTask task) implements ExecutorWord {}

        record LaunchGroup(List<AgentTask> tasks) implements ExecutorWord {
            public LaunchGroup {
                tasks = List.copyOf(tasks);
            }
        }

        /// @param grace empty for the task's own
        record Kill(TaskKey task, Optional<Duration> grace) implements ExecutorWord {}

        record Acknowledged(TaskKey task, UUID uuid) implements ExecutorWord {}

        record Shutdown() implements ExecutorWord {}
    }
}
