package io.meseta.master.ticks;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.engine.ClusterWriter;
import io.meseta.master.engine.Lane;
import io.meseta.master.leadership.Leadership;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the cluster that time has passed, when that would change something.
public final class Ticks implements AutoCloseable {

    /// How late a deadline may be noticed.
    public static final Duration PERIOD = Duration.ofMillis(100);

    private static final Logger LOG = LoggerFactory.getLogger(Ticks.class);

    private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

    private final Leadership leadership;
    private final InstantSource time;
    private final ScheduledExecutorService thread;

    // Of the one thread. To look for the first deadline costs as much as there are agents, so it is
    // looked
    // for once in each state.
    private @Nullable Cluster seen;
    private Optional<Instant> due = Optional.empty();
    private Optional<Instant> told = Optional.empty();

    /// Starts no thread yet.
    ///
    /// @param time the one that moments are taken from
    public Ticks(Leadership leadership, InstantSource time) {
        this.leadership = leadership;
        this.time = time;
        this.thread =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("ticks").daemon().factory());
    }

    public void start() {
        var _ =
                thread.scheduleWithFixedDelay(
                        this::look, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(CLOSE_MAX.toMillis(), TimeUnit.MILLISECONDS))
                LOG.atWarn().log("The ticks do not stop in time");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            leadership.writer().ifPresent(this::look);
        } catch (RuntimeException bug) {
            // Thrown on, it would stop the clock for ever.
            LOG.atError().setCause(bug).log("A tick has failed, which is a bug");
        }
    }

    /// Posts a tick if something is due, but not a second one for the same state: the first still
    /// waits.
    @SuppressWarnings(
            "ReferenceEquality") // the same state, not an equal one: that would compare all of it
    void look(ClusterWriter writer) {
        var cluster = writer.view().cluster();
        if (cluster != seen) {
            seen = cluster;
            due = cluster.nextDue();
            told = Optional.empty();
        }
        var now = time.instant();
        boolean isDue = due.isPresent() && !due.get().isAfter(now);
        boolean isTold = told.isPresent() && told.get().plusSeconds(1).isAfter(now);
        if (!isDue || isTold) return;
        if (writer.post(Lane.HOUSEKEEPING, new Command.Tick())) told = Optional.of(now);
    }
}
