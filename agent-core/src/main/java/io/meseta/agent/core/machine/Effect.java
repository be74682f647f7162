package io.meseta.agent.core.machine;

import io.meseta.agent.core.task.AgentTask;
import io.meseta.agent.core.update.StatusUpdate;
import io.meseta.model.TaskState;

/// What the shell must do once the events are on disk. Each may be done twice without harm.
public sealed interface Effect {

    /// Tell the master, as report `number`. `latest` may be ahead of the update.
    record SendReport(long number, AgentTask task, StatusUpdate update, TaskState latest)
            implements Effect {}

    /// Compare what should run with what runs.
    record Reconcile() implements Effect {}

    /// Nothing of the task is needed any more but its sandbox, which has its own time.
    record DropCheckpoint(AgentTask task) implements Effect {}

    /// Leave the master for good or for a while; the stream is of no use any more.
    record HangUp() implements Effect {}
}
