package io.meseta.master.leadership;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/// What leadership tells about itself, beside the gauges of its present state.
public final class LeadershipMeters {

    private static final String RENEWALS = "meseta.lease.renewals";

    private final Counter renewed;
    private final Counter notRenewed;
    private final Counter reigns;
    private final Timer takeovers;

    public LeadershipMeters(MeterRegistry registry) {
        renewed = renewals(registry, "renewed");
        notRenewed = renewals(registry, "failed");
        reigns =
                Counter.builder("meseta.leadership.reigns")
                        .description("How often this process has begun to lead")
                        .register(registry);
        takeovers =
                Timer.builder("meseta.leadership.takeover")
                        .description("Time from the lease to leading: reading the journal")
                        .register(registry);
    }

    void renewed() {
        renewed.increment();
    }

    void notRenewed() {
        notRenewed.increment();
    }

    void tookOver(Duration took) {
        reigns.increment();
        takeovers.record(took);
    }

    private static Counter renewals(MeterRegistry registry, String outcome) {
        return Counter.builder(RENEWALS)
                .description("Renewals of the lease")
                .tag("outcome", outcome)
                .register(registry);
    }
}
