package io.meseta.master.history;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.Event;
import io.meseta.master.engine.Committed;
import io.meseta.master.engine.Entry;
import io.meseta.master.engine.Journal;
import io.meseta.master.engine.Replay;
import io.meseta.master.links.Witness;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Fills the history behind the journal, on a thread of its own, while this master leads.
///
/// As a rule it is handed each batch when it is durable, with the state before it, so that nothing
/// is read or folded a second time. Where one is missing, after a change of leader or when the
/// database was slow for long, it reads the journal on from where the tables are, with a state of
/// its own for as long as that takes. The position in the tables decides what is new, so it does no
/// harm if two masters take one another for the leader.
public final class Projection implements Witness, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Projection.class);

    /// How far the history lags behind as a rule; whoever reads it, wakes it.
    private static final Duration PERIOD = Duration.ofMillis(250);

    private static final Duration FAILURE_PAUSE = Duration.ofSeconds(2);
    private static final Duration SWEEP_PERIOD = Duration.ofMinutes(10);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

    /// Batches that wait. Beyond it the journal has to be read.
    private static final int WAITING_MAX = 4_096;

    private static final int WRITTEN_ENDINGS = 2_000;
    private static final int WRITTEN_ENTRIES = 10_000;

    private static final long FIRST = 1;

    private final Supplier<? extends Journal> journal;
    private final HistoryWriting writing;
    private final Supplier<OptionalLong> newest;
    private final Duration kept;
    private final InstantSource clock;
    private final ArrayBlockingQueue<Committed> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final Semaphore wake = new Semaphore(0);
    private final AtomicBoolean isRebuildWanted = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Thread thread = Thread.ofPlatform().name("history").daemon().unstarted(this::run);
    private volatile long position = -1;
    private volatile boolean isClosed;

    // The thread's own.
    private Stretch stretch = Stretch.NONE;
    private long missedSince = -1;
    private Instant sweptAt = Instant.EPOCH;
    private boolean isTroubled;

    /// What is about to be written: all that ended with some entries in a row.
    private record Stretch(long after, long until, List<Endings> endings) {

        static final Stretch NONE = new Stretch(-1, -1, List.of());

        boolean isEmpty() {
            return until < 0;
        }
    }

    /// This master stops.
    private static final class Stopped extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Stopped() {
            super("this master stops", null, false, false);
        }
    }

    /// Starts no thread yet.
    ///
    /// @param newest the newest entry of the journal if this master leads; empty if it does not
    /// @param kept how long what has ended stays
    Projection(
            Supplier<? extends Journal> journal,
            HistoryWriting writing,
            Supplier<OptionalLong> newest,
            Duration kept,
            InstantSource clock) {
        this.journal = journal;
        this.writing = writing;
        this.newest = newest;
        this.kept = kept;
        this.clock = clock;
    }

    public void start() {
        thread.start();
    }

    @Override
    public void saw(Committed committed) {
        if (committed.events().stream().anyMatch(Event::isRecorded)) waiting.offer(committed);
    }

    /// Waits until the history holds all that had ended by that entry.
    ///
    /// @return whether it does
    boolean await(long sequence, Duration max) throws InterruptedException {
        if (position >= sequence && !isRebuildWanted.get()) return true;
        wake.release();
        long nanos = max.toNanos();
        lock.lock();
        try {
            while ((position < sequence || isRebuildWanted.get()) && nanos > 0)
                nanos = moved.awaitNanos(nanos);
            return position >= sequence && !isRebuildWanted.get();
        } finally {
            lock.unlock();
        }
    }

    /// How many entries are still to be taken in; 0 if this master does not lead.
    long behind() {
        var head = newest.get();
        long known = position;
        return head.isEmpty() || known < 0 ? 0 : Math.max(0, head.getAsLong() - known);
    }

    /// Has all that the journal still tells taken in anew. What ended before that stays as it is.
    void rebuild() {
        isRebuildWanted.set(true);
        wake.release();
    }

    @Override
    public void close() {
        isClosed = true;
        wake.release();
        // A start that fails early closes what it never started.
        if (!thread.isAlive()) return;
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

    private Duration turn() {
        var head = newest.get();
        if (head.isEmpty()) {
            waiting.clear();
            stretch = Stretch.NONE;
            position = -1;
            return PERIOD;
        }
        try {
            takeIn(head.getAsLong());
            if (position >= head.getAsLong()) sweep();
            isTroubled = false;
            return PERIOD;
        } catch (Stopped _) {
            return PERIOD;
        } catch (RuntimeException trouble) {
            LOG.atLevel(isTroubled ? Level.DEBUG : Level.WARN)
                    .setCause(trouble)
                    .log("The history can't be filled at the moment; trying on");
            isTroubled = true;
            return FAILURE_PAUSE;
        }
    }

    private void takeIn(long head) {
        if (isRebuildWanted.get()) {
            long oldest = journal.get().oldestState();
            writing.rewind(oldest, journal.get().at(oldest).orElse(Instant.EPOCH));
            reached(oldest);
            isRebuildWanted.set(false);
        }
        if (position < 0) reached(writing.position());
        // What could not be written is written first.
        write();
        for (var batch = waiting.poll(); batch != null; batch = waiting.poll()) add(batch);
        write();
        catchUpIfStuck(head);
    }

    /// Nobody hands over the entry with which a reign begins, and a batch may come a little later
    /// than it is visible. So only what has been missing for a whole turn is read.
    private void catchUpIfStuck(long head) {
        if (position >= head) missedSince = -1;
        else if (missedSince < 0 || position > missedSince) missedSince = position;
        else catchUp(head);
    }

    private void add(Committed batch) {
        long sequence = batch.sequence();
        if (!stretch.isEmpty() && sequence != stretch.until + 1) write();
        var recorded = batch.events().stream().filter(Event::isRecorded).toList();
        var endings = Endings.of(batch.before(), sequence, recorded);
        var all = stretch.isEmpty() ? new ArrayList<Endings>() : stretch.endings;
        if (!endings.isEmpty()) all.add(endings);
        stretch = new Stretch(stretch.isEmpty() ? sequence - 1 : stretch.after, sequence, all);
        if (all.size() >= WRITTEN_ENDINGS) write();
    }

    private void write() {
        if (stretch.isEmpty()) return;
        var reached = writing.write(stretch.after, stretch.until, stretch.endings);
        if (reached.isEmpty()) {
            catchUp(stretch.after);
            reached = writing.write(stretch.after, stretch.until, stretch.endings);
        }
        stretch = Stretch.NONE;
        reached.ifPresent(this::reached);
    }

    private void reached(long sequence) {
        lock.lock();
        try {
            position = sequence;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void catchUp(long until) {
        long from = writing.position();
        if (from >= until) {
            reached(from);
            return;
        }
        long oldest = journal.get().oldestState();
        if (from < oldest) {
            remember(oldest);
            from = oldest;
        }
        LOG.atInfo()
                .addKeyValue("from", from)
                .addKeyValue("until", until)
                .log("The history reads the journal");
        var reading = new Reading(start(from), from);
        journal.get().read(reading.replay.nextSequence(), until, reading::take);
        reading.write();
    }

    private Replay start(long from) {
        return journal.get()
                .newestSnapshot(from)
                .map(saved -> new Replay(saved.cluster(), saved.sequence() + 1))
                .orElseGet(() -> new Replay(Cluster.EMPTY, FIRST));
    }

    /// Before the oldest state that can be made there is only what that state remembers.
    private void remember(long oldest) {
        journal.get()
                .newestSnapshot(oldest)
                .ifPresent(saved ->
                        writing.writeRemembered(
                                saved.sequence(),
                                Endings.remembered(saved.cluster(), saved.sequence())));
    }

    /// From one state to the next, with what has ended on the way.
    private final class Reading {

        private final List<Endings> found = new ArrayList<>();
        private Replay replay;
        private long after;
        private int count;

        Reading(Replay start, long after) {
            this.replay = start;
            this.after = after;
        }

        void take(Entry entry) {
            if (isClosed || newest.get().isEmpty()) throw new Stopped();
            var before = replay.cluster();
            replay = replay.after(entry);
            if (entry.sequence() <= after) return;
            var endings = Endings.of(before, entry.sequence(), entry.events());
            if (!endings.isEmpty()) found.add(endings);
            count++;
            if (found.size() >= WRITTEN_ENDINGS || count >= WRITTEN_ENTRIES) write();
        }

        void write() {
            long until = replay.nextSequence() - 1;
            if (until <= after) return;
            writing.write(after, until, found).ifPresent(Projection.this::reached);
            after = until;
            found.clear();
            count = 0;
        }
    }

    private void sweep() {
        var now = clock.instant();
        if (now.isBefore(sweptAt.plus(SWEEP_PERIOD))) return;
        long gone = writing.sweep(now.minus(kept));
        sweptAt = now;
        if (gone > 0) LOG.atInfo().addKeyValue("rows", gone).log("Old history is let go of");
    }
}
