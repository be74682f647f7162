package io.meseta.master.journal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// What the journal tells about itself.
public final class JournalMeters {

    /// A timer's name.
    public static final String APPEND = "meseta.journal.append";

    private final AtomicLong bytes = new AtomicLong();
    private final Timer appends;
    private final Counter failures;
    private final DistributionSummary events;
    private final DistributionSummary sizes;
    private final Timer snapshots;
    private final Counter snapshotFailures;

    public JournalMeters(MeterRegistry registry) {
        appends =
                Timer.builder(APPEND)
                        .description("Time until an entry is durable")
                        .publishPercentileHistogram()
                        .publishPercentiles(0.5, 0.9, 0.95, 0.99, 0.999, 0.9999)
                        .minimumExpectedValue(Duration.ofNanos(100_000))
                        .maximumExpectedValue(Duration.ofSeconds(10))
                        .register(registry);
        failures =
                Counter.builder("meseta.journal.append.failures")
                        .description("Entries that were not written, or perhaps not")
                        .register(registry);
        events =
                DistributionSummary.builder("meseta.journal.entry.events")
                        .description("Recorded events in one entry")
                        .register(registry);
        sizes =
                DistributionSummary.builder("meseta.journal.entry.size")
                        .description("Bytes of one entry")
                        .baseUnit("bytes")
                        .register(registry);
        snapshots =
                Timer.builder("meseta.journal.snapshot")
                        .description("Time to save a state whole")
                        .register(registry);
        snapshotFailures =
                Counter.builder("meseta.journal.snapshot.failures")
                        .description("States that could not be saved")
                        .register(registry);
    }

    /// How many bytes have been appended by this process.
    public long bytesAppended() {
        return bytes.get();
    }

    void appended(Duration took, int eventCount, int size) {
        appends.record(took);
        events.record(eventCount);
        sizes.record(size);
        bytes.addAndGet(size);
    }

    void notAppended() {
        failures.increment();
    }

    void saved(Duration took) {
        snapshots.record(took);
    }

    void notSaved() {
        snapshotFailures.increment();
    }
}
