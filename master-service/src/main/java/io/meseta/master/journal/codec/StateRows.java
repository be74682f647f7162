package io.meseta.master.journal.codec;

import static io.meseta.master.journal.codec.PlainRows.known;
import static io.meseta.master.journal.codec.PlainRows.require;
import static io.meseta.master.journal.codec.PlainRows.toInstant;

import io.meseta.master.core.cluster.Completed;
import io.meseta.master.core.cluster.Epoch;
import io.meseta.master.core.cluster.Reign;
import io.meseta.master.core.task.CompletedTask;
import io.meseta.master.journal.v1.CompletedTaskRow;
import io.meseta.master.journal.v1.EndedFrameworkRow;
import io.meseta.master.journal.v1.ReignRow;
import io.meseta.model.MasterId;

/// What only a snapshot holds: the reign, and what has ended.
final class StateRows {

    private StateRows() {}

    static ReignRow of(Reign reign) {
        return ReignRow.newBuilder()
                .setEpoch(reign.epoch().number())
                .setMaster(reign.master().value())
                .setSince(PlainRows.row(reign.since()))
                .setFrameworks(reign.frameworks())
                .setAgents(reign.agents())
                .build();
    }

    static Reign toReign(ReignRow row) {
        known(row);
        require(row.hasSince(), "a reign's begin");
        return new Reign(
                new Epoch(row.getEpoch()),
                new MasterId(row.getMaster()),
                toInstant(row.getSince()),
                row.getFrameworks(),
                row.getAgents(),
                0);
    }

    static EndedFrameworkRow of(Completed.Ended ended) {
        return EndedFrameworkRow.newBuilder()
                .setFramework(FrameworkRows.of(ended.framework()))
                .setAt(PlainRows.row(ended.at()))
                .build();
    }

    static Completed.Ended toEnded(EndedFrameworkRow row) {
        known(row);
        require(row.hasFramework() && row.hasAt(), "a part of an ended framework");
        return new Completed.Ended(
                FrameworkRows.toFramework(row.getFramework()), toInstant(row.getAt()));
    }

    static CompletedTaskRow of(CompletedTask completed) {
        return CompletedTaskRow.newBuilder()
                .setTask(TaskRows.of(completed.task()))
                .setAt(PlainRows.row(completed.completedAt()))
                .build();
    }

    static CompletedTask toCompleted(CompletedTaskRow row) {
        known(row);
        require(row.hasTask() && row.hasAt(), "a part of a completed task");
        return new CompletedTask(TaskRows.toTask(row.getTask()), toInstant(row.getAt()));
    }
}
