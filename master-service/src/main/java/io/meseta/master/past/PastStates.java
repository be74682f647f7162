package io.meseta.master.past;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.engine.Entry;
import io.meseta.master.engine.Journal;
import io.meseta.master.engine.JournalFault;
import io.meseta.master.engine.Replay;
import io.meseta.master.past.Opening.Bound;
import io.meseta.master.past.Opening.Busy;
import io.meseta.master.past.Opening.Opened;
import io.meseta.master.past.Opening.TooNew;
import io.meseta.master.past.Opening.TooOld;
import java.lang.ref.SoftReference;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens states as they were: the nearest state that was saved before, and the entries since.
///
/// One at a time, for it takes as much memory as the present state; a few who wait, and the last
/// ones that were opened, unless the memory is needed. So pages of one state are read once.
public final class PastStates {

    private static final Logger LOG = LoggerFactory.getLogger(PastStates.class);

    private static final long FIRST = 1;

    /// So many entries are read sooner than a saved state.
    private static final long NEAR = 5_000;

    private final Supplier<? extends Journal> journal;
    private final Bounds bounds;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Semaphore turn = new Semaphore(1);
    private final Semaphore waiting;

    /// Touched by whoever has the turn.
    private final Deque<SoftReference<State>> kept = new ArrayDeque<>();

    private record State(Replay replay) {

        long sequence() {
            return replay.nextSequence() - 1;
        }
    }

    /// What it may cost.
    ///
    /// @param keptMax how many states are kept for whoever comes next
    /// @param waitingMax how many may wait for their turn
    /// @param waitMax how long they may wait
    /// @param readMax how long the reading of one may take
    public record Bounds(int keptMax, int waitingMax, Duration waitMax, Duration readMax) {

        public static final Bounds DEFAULT =
                new Bounds(2, 8, Duration.ofSeconds(10), Duration.ofSeconds(30));
    }

    /// It takes too long.
    private static final class TooLong extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooLong() {
            super("the state is too far away", null, false, false);
        }
    }

    public PastStates(Supplier<? extends Journal> journal, Bounds bounds, InstantSource clock) {
        this(journal, bounds, clock, System::nanoTime);
    }

    PastStates(
            Supplier<? extends Journal> journal,
            Bounds bounds,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.journal = journal;
        this.bounds = bounds;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.waiting = new Semaphore(bounds.waitingMax() + 1);
    }

    /// Whether nobody else may even wait.
    boolean isFull() {
        return waiting.availablePermits() == 0;
    }

    /// Waits, and reads; for virtual threads.
    public Opening open(When when) throws InterruptedException {
        if (!waiting.tryAcquire()) return new Busy(bounds.waitMax());
        try {
            if (!turn.tryAcquire(bounds.waitMax().toNanos(), TimeUnit.NANOSECONDS))
                return new Busy(bounds.waitMax());
            try {
                return opened(when);
            } finally {
                turn.release();
            }
        } catch (TooLong _) {
            return new Busy(bounds.readMax());
        } catch (JournalFault fault) {
            LOG.atWarn().setCause(fault).log("A past state can't be read");
            return new Busy(bounds.waitMax());
        } finally {
            waiting.release();
        }
    }

    private Opening opened(When when) {
        long newest = journal.get().head().nextSequence() - 1;
        long oldest = journal.get().oldestState();
        long wanted =
                switch (when) {
                    case When.Sequence(var number) -> number;
                    case When.Time(var at) -> {
                        if (at.isAfter(clock.instant())) yield newest + 1;
                        long found = journal.get().newestAt(at);
                        // Before the first entry that is kept; before the first of all is nothing.
                        yield found == 0 && oldest > 0 ? -1 : found;
                    }
                };
        if (wanted > newest) return new TooNew(bound(newest));
        if (wanted < oldest) return new TooOld(bound(oldest));
        return new Opened(state(wanted), wanted, time(wanted));
    }

    private Bound bound(long sequence) {
        return new Bound(sequence, time(sequence));
    }

    private Optional<Instant> time(long sequence) {
        return sequence == 0 ? Optional.empty() : journal.get().at(sequence);
    }

    private Cluster state(long wanted) {
        var start = start(wanted);
        var reading = new Reading(start, nanoTime.getAsLong() + bounds.readMax().toNanos());
        journal.get().read(start.nextSequence(), wanted, reading::take);
        if (reading.replay.nextSequence() != wanted + 1)
            throw new JournalFault.Unreadable("entries are missing before entry " + wanted);
        keep(new State(reading.replay));
        return reading.replay.cluster();
    }

    /// Something that is kept is as near as a rule as what is saved, and costs nothing.
    private Replay start(long wanted) {
        Optional<State> nearest = Optional.empty();
        for (var reference : kept) {
            var state = reference.get();
            if (state == null || state.sequence() > wanted) continue;
            if (nearest.isEmpty() || state.sequence() > nearest.get().sequence())
                nearest = Optional.of(state);
        }
        if (nearest.isPresent() && wanted - nearest.get().sequence() <= NEAR)
            return nearest.get().replay();
        return journal.get()
                .newestSnapshot(wanted)
                .map(saved -> new Replay(saved.cluster(), saved.sequence() + 1))
                .orElseGet(() -> new Replay(Cluster.EMPTY, FIRST));
    }

    private void keep(State state) {
        kept.removeIf(reference -> {
            var other = reference.get();
            return other == null || other.sequence() == state.sequence();
        });
        kept.addFirst(new SoftReference<>(state));
        while (kept.size() > bounds.keptMax()) kept.removeLast();
    }

    private final class Reading {

        private final long deadlineNanos;
        private Replay replay;

        Reading(Replay start, long deadlineNanos) {
            this.replay = start;
            this.deadlineNanos = deadlineNanos;
        }

        void take(Entry entry) {
            if (nanoTime.getAsLong() - deadlineNanos > 0) throw new TooLong();
            replay = replay.after(entry);
        }
    }
}
