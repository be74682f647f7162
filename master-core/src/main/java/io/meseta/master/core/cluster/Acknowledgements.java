package io.meseta.master.core.cluster;

import io.meseta.master.core.cluster.Event.OfTask;
import io.meseta.master.core.task.TaskEvent.EndAcknowledged;
import io.meseta.master.core.task.TaskEvent.StatusAcknowledged;
import io.meseta.model.TaskKey;
import java.util.List;

/// Receipts of frameworks for statuses.
final class Acknowledgements {

    private Acknowledgements() {}

    /// A receipt for anything but the status that waits for one is dropped, as Mesos does: it is a
    /// repetition, or a mistake that nobody could act on.
    static List<Event> decide(Cluster cluster, Command.Acknowledge command, Moment moment) {
        var key = new TaskKey(command.caller().framework(), command.task());
        var found = cluster.tasks().find(key);
        if (found.isEmpty()) return List.of();
        var task = found.get();
        if (!task.agent().equals(command.agent()) || !task.awaits(command.uuid())) return List.of();
        boolean ends = task.trail().pending().orElseThrow().isTerminal();
        return List.of(
                new OfTask(
                        ends
                                ? new EndAcknowledged(key, command.uuid(), moment.at())
                                : new StatusAcknowledged(key, command.uuid())));
    }
}
