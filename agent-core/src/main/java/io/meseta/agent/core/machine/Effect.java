package io.meseta.agent.core.machine;

import io.meseta.agent.core.holding.Outcome;
import io.meseta.agent.core.holding.VolumeName;
import io.meseta.agent.core.task.AgentTask;
import io.meseta.agent.core.update.StatusUpdate;
import io.meseta.model.TaskState;
import java.util.SortedSet;

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
}
