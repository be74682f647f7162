package io.meseta.master.links;

import io.meseta.master.core.reign.Epoch;
import io.meseta.master.leadership.Leadership.Role;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells every peer now and then that the master lives, and looks for those who no longer do.
///
/// One thread for all: it walks over the streams many times an interval, and never waits for any.
final class Heartbeats implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);

    /// An agent that misses so many of its heartbeats is given up.
    static final int MISSED_MAX = 5;

    private static final int WALKS_PER_INTERVAL = 20;
    private static final long WALK_MILLIS_MAX = 250;

    private final Supplier<Role> role;
    private final Links links;
    private final Losses losses;
    private final long intervalNanos;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("heartbeats").factory());

    Heartbeats(Supplier<Role> role, Links links, Losses losses, Duration interval) {
        this.role = role;
        this.links = links;
        this.losses = losses;
        this.intervalNanos = interval.toNanos();
    }

    void start() {
        long pause =
                Math.clamp(
                        TimeUnit.NANOSECONDS.toMillis(intervalNanos) / WALKS_PER_INTERVAL,
                        1,
                        WALK_MILLIS_MAX);
        var _ = timer.scheduleWithFixedDelay(this::walk, pause, pause, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void walk() {
        try {
            // Asked anew for each stream: this process may stand still between two of them.
            for (var stream : links.frameworks()) visit(stream, reign());
            for (var link : links.agents()) visit(link, reign());
            losses.retry();
        } catch (RuntimeException fault) {
            // A task that throws is never run again, and then nobody would be given up any more.
            LOG.atError().setCause(fault).log("A walk over the open streams failed");
        }
    }

    private Optional<Epoch> reign() {
        return role.get() instanceof Role.Leading(var epoch, _, _, _)
                ? Optional.of(epoch)
                : Optional.empty();
    }

    /// A stream does not outlive the reign in which it was opened: the peer is to look for the
    /// leader.
    private void visit(FrameworkStream stream, Optional<Epoch> reign) {
        long now = System.nanoTime();
        if (!reign.equals(Optional.of(stream.epoch()))) {
            stream.outgoing().end();
        } else if (stream.framework().isPresent() && now - stream.beatNanos() >= intervalNanos) {
            stream.beat(now);
            stream.say(FrameworkNews.HEARTBEAT);
        }
    }

    private void visit(AgentLink link, Optional<Epoch> reign) {
        long now = System.nanoTime();
        if (!reign.equals(Optional.of(link.epoch()))) {
            link.bid("this master does not lead any more");
        } else if (now - link.heard().nanos() > MISSED_MAX * intervalNanos) {
            links.giveUp(link);
        } else if (link.agent().isPresent() && now - link.beatNanos() >= intervalNanos) {
            link.beat(now);
            link.say(AgentWords.PING);
        }
    }
}
