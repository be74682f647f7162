package io.meseta.master.wiring;

import io.meseta.master.engine.ClusterWriter;
import io.meseta.master.leadership.Leadership;
import io.meseta.master.leadership.Leadership.Role;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.Predicate;

/// What this master is at the moment, as numbers.
final class LeadershipGauges implements MeterBinder {

    private final Leadership leadership;

    LeadershipGauges(Leadership leadership) {
        this.leadership = leadership;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        role(registry, "leading", Role.Leading.class::isInstance);
        role(registry, "recovering", Role.Recovering.class::isInstance);
        role(registry, "following", Role.Following.class::isInstance);
        role(registry, "leaderless", Role.Leaderless.class::isInstance);
        Gauge.builder("meseta.leadership.epoch", leadership, LeadershipGauges::epoch)
                .description("The epoch in which this master leads; 0 if it does not")
                .register(registry);
        Gauge.builder("meseta.writer.inbox", leadership, LeadershipGauges::waiting)
                .description("Commands that wait for the writer")
                .register(registry);
        Gauge.builder("meseta.journal.sequence", leadership, LeadershipGauges::sequence)
                .description("The newest entry that this leader has written or read; 0 for none")
                .register(registry);
    }

    private void role(MeterRegistry registry, String name, Predicate<Role> is) {
        Gauge.builder("meseta.leadership.role", leadership, each -> is.test(each.role()) ? 1 : 0)
                .description("1 for the role that this master has, 0 for the others")
                .tag("role", name)
                .register(registry);
    }

    private static double epoch(Leadership leadership) {
        return leadership.role() instanceof Role.Leading(var epoch, _, _, _) ? epoch.number() : 0;
    }

    private static double waiting(Leadership leadership) {
        return leadership.writer().map(ClusterWriter::waiting).orElse(0);
    }

    private static double sequence(Leadership leadership) {
        return leadership.writer().map(writer -> writer.view().sequence()).orElse(0L);
    }
}
