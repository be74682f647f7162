package io.meseta.master.engine;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.core.reign.FeatureLevels;
import io.meseta.master.engine.ClusterWriter.View;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What a master knows that does not lead: the newest snapshot, and every entry since, folded as
/// they come.
///
/// One thread follows, forgets and nothing else does; whoever takes over begins with what it has
/// come to, read on another thread. Nothing but recorded events makes this state, so nobody is
/// connected in it and nothing is offered.
public final class Standby {

    private static final long FIRST = 1;

    private final Journal journal;
    private volatile Optional<Reached> newest = Optional.empty();
    private volatile Optional<String> halt = Optional.empty();
    private volatile long behind;

    /// The entry that was folded last. A journal that was restored from a backup has another one in
    /// its place.
    private record Mark(Epoch epoch, Instant at) {}

    /// @param snapshot the sequence number that the reading began after; 0 for none
    /// @param mark absent right after a snapshot was read
    private record Reached(Replay replay, long snapshot, @Nullable Mark mark) {}

    /// A state to lead from.
    ///
    /// @param newestAt the time of its newest entry; absent if there is none
    /// @param snapshot the sequence number of the snapshot that it was read from; 0 for none
    public record Recovered(Replay replay, Optional<Instant> newestAt, long snapshot) {}

    /// The journal is not the one that was read before, or has let go of what comes next.
    private static final class OtherHistory extends RuntimeException {

        private static final long serialVersionUID = 1L;

        OtherHistory() {
            super("the journal is not the one that was read before", null, false, false);
        }
    }

    /// Reads nothing yet.
    public Standby(Journal journal) {
        this.journal = journal;
    }

    /// The newest state that was reached; empty before the first. Never waits.
    public Optional<View> view() {
        return newest.map(reached ->
                new View(reached.replay().cluster(), reached.replay().nextSequence() - 1));
    }

    /// The sequence number of the snapshot that the state was read from; 0 for none.
    public long snapshot() {
        return newest.map(Reached::snapshot).orElse(0L);
    }

    /// How many entries the journal had beyond this state when it was looked at last.
    public long behind() {
        return behind;
    }

    /// Why it can't go on: the journal holds something that this build does not understand. A
    /// master whose standby has come to a halt can't lead either.
    public Optional<String> halt() {
        return halt;
    }

    /// Folds whatever the journal has gained. Each state on the way is visible at once.
    ///
    /// @return how many entries were new
    /// @throws JournalFault.Unreadable if an entry is not understood: the state stays before it
    /// @throws JournalFault if the journal can't be read
    public long follow() {
        try {
            long folded = step();
            halt = Optional.empty();
            return folded;
        } catch (JournalFault.Unreadable unreadable) {
            halt = Optional.of(String.valueOf(unreadable.getMessage()));
            throw unreadable;
        }
    }

    /// Lets the state go, since this master leads and its writer has a newer one.
    public void forget() {
        newest = Optional.empty();
        halt = Optional.empty();
        behind = 0;
    }

    /// The whole state up to the head of a journal whose epoch was just raised, so that nothing
    /// older can be appended any more: what was reached and the rest, or everything if nothing was.
    ///
    /// @throws JournalFault if it can't be read
    public Recovered recover(Journal.Head head) {
        var reached = reached(head);
        var mark = reached.mark();
        return new Recovered(
                reached.replay(),
                mark == null ? newestAt(head) : Optional.of(mark.at()),
                reached.snapshot());
    }

    /// A master that can't read the journal leaves the lease to others, and follows until it can.
    private Reached reached(Journal.Head head) {
        try {
            return continued(head).orElseGet(() -> afresh(head));
        } catch (JournalFault.Unreadable unreadable) {
            halt = Optional.of(String.valueOf(unreadable.getMessage()));
            throw unreadable;
        }
    }

    private Optional<Reached> continued(Journal.Head head) {
        try {
            return newest.filter(known -> isWithin(known, head))
                    .map(known -> read(known, _ -> {}))
                    .filter(reached -> isAt(reached, head));
        } catch (OtherHistory _) {
            return Optional.empty();
        }
    }

    private Reached afresh(Journal.Head head) {
        var start = fromSnapshot();
        try {
            var reached = read(start, _ -> {});
            if (isAt(reached, head)) return reached;
            throw new JournalFault.Unreadable(
                    "the journal ends before entry %d, but its head says %d"
                            .formatted(reached.replay().nextSequence(), head.nextSequence()));
        } catch (OtherHistory _) {
            throw missing(start);
        }
    }

    private static boolean isAt(Reached reached, Journal.Head head) {
        return reached.replay().nextSequence() == head.nextSequence();
    }

    private static JournalFault missing(Reached start) {
        return new JournalFault.Unreadable(
                "entries are missing after entry " + (start.replay().nextSequence() - 1));
    }

    private Optional<Instant> newestAt(Journal.Head head) {
        var last =
                new Object() {
                    Optional<Instant> at = Optional.empty();
                };
        journal.read(
                Math.max(FIRST, head.nextSequence() - 1),
                entry -> last.at = Optional.of(entry.at()));
        return last.at;
    }

    private long step() {
        var head = journal.head();
        var known = newest.filter(each -> isWithin(each, head));
        var start = known.orElseGet(this::begun);
        long next = start.replay().nextSequence();
        behind = Math.max(0, head.nextSequence() - next);
        if (behind == 0) return 0;
        try {
            var reached = read(start, this::show);
            behind = 0;
            return reached.replay().nextSequence() - next;
        } catch (OtherHistory _) {
            if (known.isEmpty()) throw missing(start);
            newest = Optional.empty();
            return 0;
        }
    }

    private Reached begun() {
        var start = fromSnapshot();
        show(start);
        return start;
    }

    private void show(Reached reached) {
        newest = Optional.of(reached);
    }

    /// A journal that is shorter than what was read of it, or less often led, is another.
    private static boolean isWithin(Reached known, Journal.Head head) {
        return known.replay().nextSequence() <= head.nextSequence()
                && known.replay().cluster().reign().epoch().compareTo(head.epoch()) <= 0;
    }

    private Reached fromSnapshot() {
        var start = begin();
        check(start.replay(), journal.levels());
        return start;
    }

    private Reached begin() {
        return journal.newestSnapshot()
                .map(each ->
                        new Reached(
                                new Replay(each.cluster(), each.sequence() + 1),
                                each.sequence(),
                                null))
                .orElseGet(() -> new Reached(new Replay(Cluster.EMPTY, FIRST), 0, null));
    }

    private Reached read(Reached start, Consumer<Reached> shown) {
        var reading = new Reading(start, shown, journal.levels());
        long next = start.replay().nextSequence();
        journal.read(start.mark() == null ? next : next - 1, reading::take);
        return reading.reached;
    }

    private static void check(Replay state, FeatureLevels levels) {
        var obstacle = levels.obstacle(state.cluster().reign().level());
        if (obstacle.isPresent()) throw new JournalFault.Unreadable(obstacle.get());
    }

    /// From one state to the next. The entry before the first new one is read again, to see that it
    /// is still there.
    private static final class Reading {

        private final Consumer<Reached> shown;
        private final FeatureLevels levels;
        private Reached reached;

        Reading(Reached start, Consumer<Reached> shown, FeatureLevels levels) {
            this.reached = start;
            this.shown = shown;
            this.levels = levels;
        }

        void take(Entry entry) {
            var mark = new Mark(entry.epoch(), entry.at());
            long expected = reached.replay().nextSequence();
            if (entry.sequence() == expected - 1) {
                if (!mark.equals(reached.mark())) throw new OtherHistory();
                return;
            }
            // Old entries go once a snapshot holds them: then it is time to read that one.
            if (entry.sequence() > expected) throw new OtherHistory();
            var next = reached.replay().after(entry);
            // Before whatever belongs to that level, which would be told as damage.
            check(next, levels);
            reached = new Reached(next, reached.snapshot(), mark);
            shown.accept(reached);
        }
    }
}
