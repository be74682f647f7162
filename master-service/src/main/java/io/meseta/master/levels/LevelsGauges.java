package io.meseta.master.levels;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.journal.codec.Build;
import io.meseta.master.leadership.Leadership;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Optional;
import java.util.function.Supplier;

/// Feature levels as numbers.
final class LevelsGauges implements MeterBinder {

    private final Supplier<? extends Leadership> leadership;
    private final RollCall call;
    private final Build build;

    LevelsGauges(Supplier<? extends Leadership> leadership, RollCall call, Build build) {
        this.leadership = leadership;
        this.call = call;
        this.build = build;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("meseta.feature.level", this, LevelsGauges::active)
                .description(
                        "The active feature level, as far as this master knows; 0 if it does not")
                .register(registry);
        Gauge.builder("meseta.feature.level.newest", build, each -> each.levels().newest().number())
                .description("The newest feature level that this master can read and write")
                .register(registry);
        Gauge.builder("meseta.masters", call, RollCall::count)
                .description("How many masters are there, if this one leads; else 0")
                .register(registry);
    }

    private double active() {
        return cluster().map(each -> each.reign().level().number()).orElse(0);
    }

    private Optional<Cluster> cluster() {
        var now = leadership.get();
        return now.writer()
                .map(writer -> writer.view().cluster())
                .or(() -> now.followed().map(Leadership.Followed::cluster));
    }
}
