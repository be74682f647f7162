package io.meseta.agent.sandbox;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sweeps sandboxes again and again.
public final class SandboxRounds implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SandboxRounds.class);

    private final SandboxSweep sweep;
    private final Duration interval;
    private final Supplier<Set<UUID>> held;
    private final InstantSource clock;
    private @Nullable Thread thread;
    private volatile Removals removals = new Removals(0, 0, 0);

    /// What has become of sandboxes of the past, since this process started.
    ///
    /// @param pending how many the last round left for later
    public record Removals(long succeeded, long failed, long pending) {}

    /// Rounds that have yet to begin.
    ///
    /// @param held the containers whose tasks the agent still holds
    public SandboxRounds(
            SandboxSweep sweep, Duration interval, Supplier<Set<UUID>> held, InstantSource clock) {
        this.sweep = sweep;
        this.interval = interval;
        this.held = held;
        this.clock = clock;
    }

    public Removals removals() {
        return removals;
    }

    public void start() {
        thread = Thread.ofVirtual().name("sandbox-rounds").start(this::run);
    }

    @Override
    public void close() {
        if (thread != null) thread.interrupt();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(interval);
                var round = sweep.round(clock.instant(), held.get());
                var before = removals;
                removals =
                        new Removals(
                                before.succeeded() + round.deleted(),
                                before.failed() + round.failed(),
                                round.left());
                if (round.deleted() + round.failed() == 0) continue;
                LOG.atInfo()
                        .addKeyValue("deleted", round.deleted())
                        .addKeyValue("failed", round.failed())
                        .addKeyValue("left", round.left())
                        .log("Sandboxes were swept.");
            }
        } catch (InterruptedException _) {
            LOG.debug("The sandbox rounds end.");
        }
    }
}
