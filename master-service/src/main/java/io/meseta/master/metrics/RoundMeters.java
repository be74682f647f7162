package io.meseta.master.metrics;

import io.meseta.master.core.cluster.Event;
import io.meseta.master.engine.RoundTiming;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// How long the rounds of the allocator take. A look that finds nothing to do is none.
public final class RoundMeters implements RoundTiming {

    static final String ROUND = "meseta.allocation.round";

    private final Timer rounds;

    RoundMeters(MeterRegistry registry) {
        rounds =
                Timer.builder(ROUND)
                        .description("Time for the allocator to decide who is offered what")
                        .publishPercentileHistogram()
                        .publishPercentiles(0.5, 0.9, 0.95, 0.99, 0.999, 0.9999)
                        .minimumExpectedValue(Duration.ofNanos(10_000))
                        .maximumExpectedValue(Duration.ofSeconds(10))
                        .register(registry);
    }

    @Override
    public List<Event> time(Supplier<List<Event>> round) {
        long begun = System.nanoTime();
        var events = round.get();
        if (!events.isEmpty()) rounds.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
        return events;
    }
}
