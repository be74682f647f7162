package io.meseta.master.journal;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/// How large the journal is, as numbers; looked at once a minute.
public final class JournalGauges implements MeterBinder {

    private final JournalKeeper keeper;

    public JournalGauges(JournalKeeper keeper) {
        this.keeper = keeper;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, "meseta.journal.entries", "Entries that are kept", each -> each.entries());
        gauge(
                registry,
                "meseta.journal.ranges",
                "Tables that hold entries, or will",
                each -> each.ranges());
        gauge(
                registry,
                "meseta.journal.room",
                "Further entries that there is a table for",
                each -> each.room());
        bytes(
                registry,
                "meseta.journal.size",
                "What entries take in the database",
                each -> each.bytes());
        gauge(
                registry,
                "meseta.journal.snapshots",
                "States that are saved whole",
                each -> each.snapshots());
        bytes(
                registry,
                "meseta.journal.snapshots.size",
                "What they take in the database",
                each -> each.snapshotBytes());
        TimeGauge.builder(
                        "meseta.journal.age",
                        keeper,
                        TimeUnit.SECONDS,
                        each -> each.figures().age().toSeconds())
                .description("Time since the oldest entry that is kept")
                .register(registry);
    }

    private void gauge(
            MeterRegistry registry,
            String name,
            String text,
            ToDoubleFunction<JournalKeeper.Figures> value) {
        Gauge.builder(name, keeper, each -> value.applyAsDouble(each.figures()))
                .description(text)
                .register(registry);
    }

    private void bytes(
            MeterRegistry registry,
            String name,
            String text,
            ToDoubleFunction<JournalKeeper.Figures> value) {
        Gauge.builder(name, keeper, each -> value.applyAsDouble(each.figures()))
                .description(text)
                .baseUnit("bytes")
                .register(registry);
    }
}
