package io.meseta.master.journal.codec;

import static io.meseta.master.journal.codec.PlainRows.known;
import static io.meseta.master.journal.codec.PlainRows.require;
import static io.meseta.master.journal.codec.PlainRows.toInstant;

import io.meseta.master.core.task.Preemption;
import io.meseta.master.core.task.Preemption.Cause;
import io.meseta.master.journal.v1.PreemptionRow;
import io.meseta.model.FrameworkId;
import io.meseta.model.Priority;
import io.meseta.model.Role;
import java.util.Optional;

/// For whom tasks end.
final class PreemptionRows {

    private PreemptionRows() {}

    static PreemptionRow of(Preemption preemption) {
        var row =
                PreemptionRow.newBuilder()
                        .setRole(preemption.role().name())
                        .setCause(
                                switch (preemption.cause()) {
                                    case PRIORITY -> PreemptionRow.Cause.PRIORITY;
                                    case GUARANTEE -> PreemptionRow.Cause.GUARANTEE;
                                })
                        .setPriority(preemption.priority().value())
                        .setOwn(preemption.own().value())
                        .setAt(PlainRows.row(preemption.at()));
        preemption.framework().ifPresent(id -> row.setFramework(id.value()));
        return row.build();
    }

    static Preemption toPreemption(PreemptionRow row) {
        known(row);
        require(row.hasAt(), "the time of a preemption");
        return new Preemption(
                new Role(row.getRole()),
                row.hasFramework()
                        ? Optional.of(new FrameworkId(row.getFramework()))
                        : Optional.empty(),
                toCause(row.getCause()),
                new Priority(row.getPriority()),
                new Priority(row.getOwn()),
                toInstant(row.getAt()));
    }

    private static Cause toCause(PreemptionRow.Cause cause) {
        return switch (cause) {
            case PRIORITY -> Cause.PRIORITY;
            case GUARANTEE -> Cause.GUARANTEE;
            case UNSPECIFIED, UNRECOGNIZED -> throw new UnknownContent("a preemption has no cause");
        };
    }
}
