package io.meseta.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.ClusterEvent.LeadershipTaken;
import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.core.reign.Terms;
import io.meseta.master.engine.Entry;
import io.meseta.master.engine.Journal;
import io.meseta.master.engine.JournalFault;
import io.meseta.master.engine.Snapshot;
import io.meseta.model.MasterId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What every [Journal] promises, as tests. A journal's own test class implements this interface.
public interface JournalContract {

    Epoch FIRST = new Epoch(1);
    Epoch SECOND = new Epoch(2);

    /// A new, empty log. Each call of what is returned opens one more journal on it, as another
    /// master would. Called once in each test.
    Supplier<Journal> freshLog();

    @Test
    default void beginsEmpty() {
        var journal = freshLog().get();

        assertThat(journal.head()).isEqualTo(new Journal.Head(Epoch.NONE, 1));
        assertThat(read(journal, 1)).isEmpty();
        assertThat(journal.newestSnapshot()).isEmpty();
    }

    @Test
    default void givesEntriesBackAsTheyWereInTheirOrder() {
        var journal = freshLog().get();
        journal.raise(FIRST);
        var entries = entries(FIRST, 1, 100);

        entries.forEach(journal::append);

        assertThat(read(journal, 1)).isEqualTo(entries);
        assertThat(journal.head()).isEqualTo(new Journal.Head(FIRST, 101));
    }

    @Test
    default void readsFromAnyEntryOn() {
        var journal = freshLog().get();
        journal.raise(FIRST);
        var entries = entries(FIRST, 1, 10);
        entries.forEach(journal::append);

        assertThat(read(journal, 8)).isEqualTo(entries.subList(7, 10));
        assertThat(read(journal, 11)).isEmpty();
    }

    @Test
    default void showsWhatOneHandleWroteToAnother() {
        var log = freshLog();
        var one = log.get();
        var other = log.get();

        one.raise(FIRST);
        one.append(entry(FIRST, 1));

        assertThat(read(other, 1)).containsExactly(entry(FIRST, 1));
        assertThat(other.head()).isEqualTo(new Journal.Head(FIRST, 2));
    }

    @Test
    default void raisesOnlyToAHigherEpoch() {
        var journal = freshLog().get();

        assertThat(journal.raise(SECOND)).isEqualTo(new Journal.Head(SECOND, 1));

        assertThatThrownBy(() -> journal.raise(SECOND)).isInstanceOf(JournalFault.Fenced.class);
        assertThatThrownBy(() -> journal.raise(FIRST)).isInstanceOf(JournalFault.Fenced.class);
        assertThat(journal.head()).isEqualTo(new Journal.Head(SECOND, 1));
    }

    @Test
    default void tellsWhoeverRaisesWhereTheLogEnds() {
        var log = freshLog();
        var one = log.get();
        one.raise(FIRST);
        entries(FIRST, 1, 5).forEach(one::append);

        assertThat(log.get().raise(SECOND)).isEqualTo(new Journal.Head(SECOND, 6));
    }

    @Test
    default void fencesWhoeverHasNotRaisedItsEpoch() {
        var journal = freshLog().get();
        journal.raise(FIRST);

        assertFenced(journal, entry(SECOND, 1));
        assertThat(read(journal, 1)).isEmpty();
    }

    @Test
    default void fencesALeaderThatHasBeenReplaced() {
        var log = freshLog();
        var old = log.get();
        old.raise(FIRST);
        old.append(entry(FIRST, 1));
        var next = log.get();
        next.raise(SECOND);

        assertFenced(old, entry(FIRST, 2));

        assertThat(read(next, 1)).containsExactly(entry(FIRST, 1));
        next.append(entry(SECOND, 2));
        assertThat(read(next, 1)).containsExactly(entry(FIRST, 1), entry(SECOND, 2));
    }

    @Test
    default void fencesASequenceNumberThatIsNotTheNext() {
        var journal = freshLog().get();
        journal.raise(FIRST);
        journal.append(entry(FIRST, 1));

        assertFenced(journal, entry(FIRST, 1));
        assertFenced(journal, entry(FIRST, 3));

        assertThat(read(journal, 1)).containsExactly(entry(FIRST, 1));
        assertThat(journal.head()).isEqualTo(new Journal.Head(FIRST, 2));
    }

    @Test
    default void goesOnAfterAFencedAppend() {
        var journal = freshLog().get();
        journal.raise(FIRST);
        assertFenced(journal, entry(FIRST, 7));

        journal.append(entry(FIRST, 1));

        assertThat(read(journal, 1)).containsExactly(entry(FIRST, 1));
    }

    /// Each of them is another master that believes the same.
    @Test
    default void letsExactlyOneOfManyAppendersWin() throws Exception {
        var log = freshLog();
        var first = log.get();
        first.raise(FIRST);
        var journals = List.of(first, log.get(), log.get(), log.get());

        for (long sequence = 1; sequence <= 25; sequence++) {
            var attempts = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < journals.size(); i++) {
                var journal = journals.get(i);
                var entry = entry(FIRST, sequence, "master-" + i);
                attempts.add(() -> isAppended(journal, entry));
            }
            assertThat(together(attempts)).containsOnlyOnce(true);
        }

        assertThat(read(first, 1)).extracting(Entry::sequence).isEqualTo(sequences(1, 25));
    }

    /// The point of raising: what the new leader reads then is all that the old one will ever have
    /// written.
    @Test
    default void letsNothingThroughThatWhoeverRaisedHasNotRead() throws Exception {
        var log = freshLog();
        long next = 1;
        for (long number = 1; number <= 20; number += 2) {
            var old = log.get();
            var epoch = new Epoch(number);
            old.raise(epoch);
            long from = next;
            var higher = log.get();
            var results =
                    together(
                            List.<Callable<List<Entry>>>of(
                                    () -> appendUntilFenced(old, epoch, from),
                                    () -> {
                                        higher.raise(new Epoch(epoch.number() + 1));
                                        return read(higher, from);
                                    }));

            assertThat(results.getLast()).isEqualTo(results.getFirst());
            assertThat(read(higher, from)).isEqualTo(results.getFirst());
            next = from + results.getFirst().size();
        }
    }

    @Test
    default void readsAPrefixWhileSomeoneAppends() throws Exception {
        var log = freshLog();
        var writer = log.get();
        var reader = log.get();
        writer.raise(FIRST);
        var entries = entries(FIRST, 1, 200);

        var results =
                together(
                        List.<Callable<List<Entry>>>of(
                                () -> {
                                    entries.forEach(writer::append);
                                    return List.of();
                                },
                                () -> readOften(reader, entries)));

        assertThat(results.getLast()).isEqualTo(entries.subList(0, results.getLast().size()));
        assertThat(read(reader, 1)).isEqualTo(entries);
    }

    @Test
    default void givesTheNewestSnapshotBack() {
        var log = freshLog();
        var journal = log.get();
        journal.raise(FIRST);
        var state = Cluster.EMPTY;
        for (var entry : entries(FIRST, 1, 5)) {
            journal.append(entry);
            for (var event : entry.events()) state = state.after(event);
            journal.save(new Snapshot(entry.sequence(), entry.at(), state));
        }

        var newest = log.get().newestSnapshot().orElseThrow();

        assertThat(newest.sequence()).isEqualTo(5);
        assertThat(newest.at()).isEqualTo(entry(FIRST, 5).at());
        assertThat(newest.cluster().durable()).isEqualTo(state.durable());
    }

    @Test
    default void takesTheSameSnapshotTwice() {
        var journal = freshLog().get();
        journal.raise(FIRST);
        journal.append(entry(FIRST, 1));
        var state = Cluster.EMPTY.after(entry(FIRST, 1).events().getFirst());
        var snapshot = new Snapshot(1, entry(FIRST, 1).at(), state);

        journal.save(snapshot);
        journal.save(snapshot);

        assertThat(journal.newestSnapshot().orElseThrow().sequence()).isEqualTo(1);
    }

    private static void assertFenced(Journal journal, Entry entry) {
        assertThatThrownBy(() -> journal.append(entry)).isInstanceOf(JournalFault.Fenced.class);
    }

    private static boolean isAppended(Journal journal, Entry entry) {
        try {
            journal.append(entry);
            return true;
        } catch (JournalFault.Fenced _) {
            return false;
        }
    }

    private static List<Entry> appendUntilFenced(Journal journal, Epoch epoch, long from) {
        var done = new ArrayList<Entry>();
        for (long sequence = from; sequence < from + 100_000; sequence++) {
            var entry = entry(epoch, sequence);
            if (!isAppended(journal, entry)) return done;
            done.add(entry);
        }
        throw new AssertionError("never fenced");
    }

    private static List<Entry> readOften(Journal journal, List<Entry> all) {
        var seen = read(journal, 1);
        for (int i = 0; i < 50 && seen.size() < all.size(); i++) {
            var more = read(journal, 1);
            assertThat(more.subList(0, seen.size())).isEqualTo(seen);
            seen = more;
        }
        return seen;
    }

    private static List<Entry> read(Journal journal, long from) {
        var entries = new ArrayList<Entry>();
        journal.read(from, entries::add);
        return entries;
    }

    private static List<Entry> entries(Epoch epoch, long first, long last) {
        return LongStream.rangeClosed(first, last).mapToObj(each -> entry(epoch, each)).toList();
    }

    private static List<Long> sequences(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private static Entry entry(Epoch epoch, long sequence) {
        return entry(epoch, sequence, "master-" + sequence);
    }

    /// With a time that no rounding leaves as it is.
    private static Entry entry(Epoch epoch, long sequence, String master) {
        var at = Instant.parse("2026-01-01T00:00:00.123456789Z").plusSeconds(sequence);
        var event =
                new Event.OfCluster(
                        new LeadershipTaken(epoch, new MasterId(master), Terms.DEFAULT, at));
        return new Entry(sequence, epoch, at, List.of(event));
    }

    private static <T> List<T> together(List<Callable<T>> work)
            throws InterruptedException, ExecutionException {
        try (var threads = Executors.newFixedThreadPool(work.size())) {
            var results = new ArrayList<T>();
            for (Future<T> each : threads.invokeAll(work, 60, TimeUnit.SECONDS))
                results.add(each.get());
            return results;
        }
    }
}
