package io.meseta.agent.meters;

import io.meseta.runtime.state.Usage;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Shows what each container has used to whoever scrapes this agent: so many containers at most, as
/// each has rows of its own, and none any longer than a round after its end.
public final class ContainerMeters implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerMeters.class);
    private static final double NANOS = 1e9;

    /// A container and by what it is known.
    public record Metered(UUID container, String framework, String executor) {}

    /// @param max containers shown; 0 for none
    public record Terms(int max, Duration interval) {

        public Terms {
            if (max < 0 || !interval.isPositive())
                throw new IllegalArgumentException("neither 'max' nor 'interval' may be negative");
        }
    }

    /// @param per how many of what is counted make one of what is shown
    private record Figure(
            String name, String description, double per, ToLongFunction<Usage> amount) {}

    private static final List<Figure> FIGURES =
            List.of(
                    new Figure(
                            "cpu.seconds",
                            "Time of processors used",
                            NANOS,
                            ContainerMeters::processor),
                    new Figure(
                            "cpu.throttled.seconds",
                            "Time for which it had to wait at its limit",
                            NANOS,
                            usage -> usage.processor().throttledNanos()),
                    new Figure(
                            "memory.bytes",
                            "Memory that counts against its limit, caches too",
                            1,
                            usage -> usage.memory().used()),
                    new Figure(
                            "memory.anonymous.bytes",
                            "Memory without a file behind it",
                            1,
                            usage -> usage.memory().anonymous()),
                    new Figure(
                            "oom.kills",
                            "Processes killed for lack of memory",
                            1,
                            usage -> usage.memory().oomKills()),
                    new Figure(
                            "processes",
                            "Its processes",
                            1,
                            usage -> usage.processes().processes()),
                    new Figure(
                            "disk.read.bytes",
                            "Read from disks",
                            1,
                            usage -> usage.disk().bytesRead()),
                    new Figure(
                            "disk.written.bytes",
                            "Written to disks",
                            1,
                            usage -> usage.disk().bytesWritten()));

    private final Terms terms;
    private final Supplier<List<Metered>> running;
    private final Function<UUID, Optional<Usage>> usage;
    private final Map<Figure, MultiGauge> gauges = new LinkedHashMap<>();
    private @Nullable Thread thread;
    private volatile int unshown;

    /// @param running in an order that stays, so that the same are shown again
    /// @param usage empty where nothing is known
    public ContainerMeters(
            Terms terms,
            MeterRegistry registry,
            Supplier<List<Metered>> running,
            Function<UUID, Optional<Usage>> usage) {
        this.terms = terms;
        this.running = running;
        this.usage = usage;
        for (var figure : FIGURES)
            gauges.put(
                    figure,
                    MultiGauge.builder("meseta.container." + figure.name())
                            .description(figure.description())
                            .register(registry));
        Gauge.builder("meseta.containers.unshown", () -> unshown)
                .description("Containers that run and are beyond those that are shown")
                .register(registry);
    }

    public void start() {
        if (terms.max() == 0) return;
        thread = Thread.ofVirtual().name("container-meters").start(this::run);
    }

    @Override
    public void close() {
        if (thread != null) thread.interrupt();
    }

    private void run() {
        try {
            // Ends by interruption.
            while (true) {
                round();
                Thread.sleep(terms.interval());
            }
        } catch (InterruptedException _) {
            LOG.debug("The rounds of the containers' meters end.");
        }
    }

    /// Looks at all of them once.
    void round() {
        var all = running.get();
        var shown = all.subList(0, Math.min(terms.max(), all.size()));
        unshown = all.size() - shown.size();
        var usages = new LinkedHashMap<Metered, Usage>();
        for (var each : shown) used(each).ifPresent(seen -> usages.put(each, seen));
        gauges.forEach((figure, gauge) -> gauge.register(rows(figure, usages), true));
    }

    private Optional<Usage> used(Metered metered) {
        try {
            return usage.apply(metered.container());
        } catch (RuntimeException failure) {
            LOG.atDebug()
                    .addKeyValue("container", metered.container())
                    .setCause(failure)
                    .log("A container can't be measured; it is tried again.");
            return Optional.empty();
        }
    }

    private static List<MultiGauge.Row<?>> rows(Figure figure, Map<Metered, Usage> usages) {
        var rows = new ArrayList<MultiGauge.Row<?>>();
        usages.forEach((metered, usage) -> {
            long amount = figure.amount().applyAsLong(usage);
            if (amount == Usage.UNKNOWN) return;
            var tags =
                    Tags.of(
                            "container",
                            metered.container().toString(),
                            "framework",
                            metered.framework(),
                            "executor",
                            metered.executor());
            rows.add(MultiGauge.Row.of(tags, amount / figure.per()));
        });
        return rows;
    }

    /// Not every machine says the sum.
    private static long processor(Usage usage) {
        var time = usage.processor();
        if (time.usedNanos() != Usage.UNKNOWN) return time.usedNanos();
        return time.userNanos() == Usage.UNKNOWN || time.systemNanos() == Usage.UNKNOWN
                ? Usage.UNKNOWN
                : time.userNanos() + time.systemNanos();
    }
}
