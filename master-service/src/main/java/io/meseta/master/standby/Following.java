package io.meseta.master.standby;

import io.meseta.master.engine.ClusterWriter.View;
import io.meseta.master.engine.JournalFault;
import io.meseta.master.engine.Standby;
import io.meseta.master.journal.Snapshots;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Keeps a [Standby] at the end of the journal while another master leads.
///
/// One thread asks for the journal's head, a single row, twenty times a second, and reads what is
/// new. Appends tell nobody: a notification would make each of them, on which everything waits,
/// dearer, to make a lag smaller that a takeover does not have anyway, since it reads the rest.
public final class Following implements AutoCloseable {

    /// How far this state may lag behind the journal as a rule.
    public static final Duration PERIOD = Duration.ofMillis(50);

    private static final Logger LOG = LoggerFactory.getLogger(Following.class);

    /// After a failure: a database in trouble is not helped by haste.
    private static final Duration FAILURE_PAUSE = Duration.ofMillis(500);

    /// What a build does not understand it will not learn, but an operator may repair a journal.
    private static final Duration HALT_PAUSE = Duration.ofSeconds(5);

    private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

    private final Standby standby;
    private final Snapshots snapshots;
    private final LongSupplier nanoTime;
    private final AtomicLong folded = new AtomicLong();
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread = Thread.ofPlatform().name("standby").daemon().unstarted(this::run);
    private volatile boolean isWanted;
    private volatile boolean isClosed;
    private volatile @Nullable Long wholeAtNanos;
    private boolean isTroubled;

    /// A state that was whole a while ago.
    ///
    /// @param age how long ago it was surely the newest there was
    public record Seen(View view, Duration age) {}

    /// Starts no thread yet.
    ///
    /// @param snapshots are also made here, so that the leader need not
    public Following(Standby standby, Snapshots snapshots) {
        this(standby, snapshots, System::nanoTime);
    }

    Following(Standby standby, Snapshots snapshots, LongSupplier nanoTime) {
        this.standby = standby;
        this.snapshots = snapshots;
        this.nanoTime = nanoTime;
    }

    public void start() {
        thread.start();
    }

    /// Follow from now on: another master leads.
    public void begin() {
        if (isWanted) return;
        isWanted = true;
        wake.release();
    }

    /// Let go of the state: this master leads, and its writer knows better.
    public void end() {
        isWanted = false;
        wholeAtNanos = null;
    }

    /// The state that was reached; empty until the whole journal was read for the first time.
    public Optional<Seen> seen() {
        var since = wholeAtNanos;
        if (since == null || !isWanted) return Optional.empty();
        var age = Duration.ofNanos(Math.max(0, nanoTime.getAsLong() - since));
        return standby.view().map(view -> new Seen(view, age));
    }

    /// How many entries the journal was ahead when it was looked at last.
    public long behind() {
        return isWanted ? standby.behind() : 0;
    }

    /// Why it does not go on, although it should: the journal holds what this build does not
    /// understand.
    public Optional<String> halt() {
        return standby.halt();
    }

    /// How many entries this process has followed so far.
    public long folded() {
        return folded.get();
    }

    @Override
    public void close() {
        isClosed = true;
        wake.release();
        try {
            thread.join(CLOSE_MAX);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!isClosed) {
                var pause = turn();
                if (wake.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS)) wake.drainPermits();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return how long to wait before the next
    private Duration turn() {
        if (!isWanted) {
            if (standby.view().isPresent()) standby.forget();
            return PERIOD;
        }
        try {
            follow();
            isTroubled = false;
            return PERIOD;
        } catch (JournalFault.Unreadable unreadable) {
            trouble("This standby can't follow the journal; it can't lead either", unreadable);
            return HALT_PAUSE;
        } catch (JournalFault fault) {
            trouble("The journal can't be followed at the moment; trying on", fault);
        } catch (RuntimeException bug) {
            LOG.atError().setCause(bug).log("Following has failed, which is a bug");
        }
        return FAILURE_PAUSE;
    }

    private void follow() {
        long asked = nanoTime.getAsLong();
        long entries = standby.follow();
        // Whoever has begun to lead in the meantime has no use for it.
        if (!isWanted) return;
        if (standby.view().isPresent()) wholeAtNanos = asked;
        folded.addAndGet(entries);
        if (entries > 0)
            standby.view().ifPresent(view -> snapshots.followed(view, standby.snapshot()));
    }

    /// Told once, not with each attempt.
    private void trouble(String what, JournalFault fault) {
        var level = LOG.atLevel(isTroubled ? Level.DEBUG : level(fault));
        isTroubled = true;
        var cause = fault.getCause();
        level.addKeyValue("reason", fault.getMessage())
                .addKeyValue("cause", cause == null ? "none" : cause.getMessage())
                .log(what);
    }

    private static Level level(JournalFault fault) {
        return fault instanceof JournalFault.Unreadable ? Level.ERROR : Level.WARN;
    }
}
