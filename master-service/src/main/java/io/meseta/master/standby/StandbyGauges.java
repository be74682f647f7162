package io.meseta.master.standby;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;

/// How closely this master follows the one that leads, as numbers. Of a leader they say nothing.
public final class StandbyGauges implements MeterBinder {

    private final Following following;

    public StandbyGauges(Following following) {
        this.following = following;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("meseta.standby.lag.batches", following, Following::behind)
                .description("Entries that the journal was ahead when it was looked at last")
                .register(registry);
        TimeGauge.builder("meseta.standby.lag", following, TimeUnit.MILLISECONDS, this::ageMillis)
                .description("Time since this master's state was surely the newest; -1 for none")
                .register(registry);
        Gauge.builder("meseta.standby.sequence", following, StandbyGauges::sequence)
                .description("The newest entry that this standby has followed; 0 for none")
                .register(registry);
        Gauge.builder("meseta.standby.halted", following, each -> each.halt().isPresent() ? 1 : 0)
                .description("1 if the journal holds what this build does not understand")
                .register(registry);
        FunctionCounter.builder("meseta.standby.folded", following, Following::folded)
                .description("Entries that this process has followed")
                .register(registry);
    }

    private double ageMillis(Following each) {
        return each.seen().map(seen -> (double) seen.age().toMillis()).orElse(-1.0);
    }

    private static double sequence(Following each) {
        return each.seen().map(seen -> seen.view().sequence()).orElse(0L);
    }
}
