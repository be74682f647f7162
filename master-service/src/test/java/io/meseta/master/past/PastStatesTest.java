package io.meseta.master.past;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.reign.Epoch;
import io.meseta.master.engine.Entry;
import io.meseta.master.engine.Journal;
import io.meseta.master.engine.JournalFault;
import io.meseta.master.engine.Snapshot;
import io.meseta.master.history.Life;
import io.meseta.testkit.Await;
import io.meseta.testkit.cluster.InMemoryJournal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class PastStatesTest {

    private static final int ENTRIES = 120;
    private static final Instant NOW = Life.BEGINNING.plusSeconds(1_000);

    private final Life life = Life.of(5, ENTRIES);
    private final Watched journal = new Watched();
    private final AtomicLong nanos = new AtomicLong();

    /// A journal whose reading can be watched and held up.
    private static final class Watched implements Journal {

        private final InMemoryJournal inner = new InMemoryJournal();
        private final AtomicInteger read = new AtomicInteger();
        private volatile CountDownLatch gate = new CountDownLatch(0);
        private volatile long oldest;

        @Override
        public Head head() {
            return inner.head();
        }

        @Override
        public Head raise(Epoch epoch) {
            return inner.raise(epoch);
        }

        @Override
        public void append(Entry entry) {
            inner.append(entry);
        }

        @Override
        public void read(long fromSequence, Consumer<Entry> reader) {
            try {
                if (!gate.await(20, TimeUnit.SECONDS)) throw new IllegalStateException("held up");
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
            inner.read(
                    fromSequence,
                    entry -> {
                        read.incrementAndGet();
                        reader.accept(entry);
                    });
        }

        @Override
        public long newestAt(Instant time) {
            return inner.newestAt(time);
        }

        @Override
        public Optional<Instant> at(long sequence) {
            return inner.at(sequence);
        }

        @Override
        public long oldestState() {
            return oldest;
        }

        @Override
        public Optional<Snapshot> newestSnapshot() {
            return inner.newestSnapshot();
        }

        @Override
        public void save(Snapshot snapshot) {
            inner.save(snapshot);
        }
    }

    private PastStates states() {
        return states(PastStates.Bounds.DEFAULT);
    }

    private PastStates states(PastStates.Bounds bounds) {
        journal.raise(Life.EPOCH);
        life.entries().forEach(journal::append);
        return new PastStates(() -> journal, bounds, () -> NOW, nanos::get);
    }

    @Test
    void opensEachStateAsItWas() throws Exception {
        var states = states();
        journal.save(new Snapshot(40, Instant.EPOCH, life.after(40)));

        for (int sequence : new int[] {0, 1, 39, 40, 41, 77, ENTRIES}) {
            var opened = opened(states.open(new When.Sequence(sequence)));

            assertThat(opened.cluster().durable()).isEqualTo(life.after(sequence).durable());
            assertThat(opened.sequence()).isEqualTo(sequence);
            assertThat(opened.at())
                    .isEqualTo(
                            sequence == 0
                                    ? Optional.empty()
                                    : Optional.of(Life.BEGINNING.plusSeconds(sequence)));
        }
    }

    @Test
    void opensTheStateOfATime() throws Exception {
        var states = states();

        assertThat(sequence(states, Life.BEGINNING.plusSeconds(17))).isEqualTo(17);
        assertThat(sequence(states, Life.BEGINNING.plusMillis(17_999))).isEqualTo(17);
        assertThat(sequence(states, Life.BEGINNING)).isZero();
        assertThat(sequence(states, NOW)).isEqualTo(ENTRIES);
    }

    @Test
    void saysWhatThereIsWhereThereIsNothing() throws Exception {
        var states = states();
        journal.oldest = 30;

        assertThat(states.open(new When.Sequence(29)))
                .isEqualTo(
                        new Opening.TooOld(
                                new Opening.Bound(
                                        30, Optional.of(Life.BEGINNING.plusSeconds(30)))));
        assertThat(states.open(new When.Time(Life.BEGINNING.plusSeconds(29))))
                .isInstanceOf(Opening.TooOld.class);
        assertThat(states.open(new When.Time(Life.BEGINNING.minusSeconds(1))))
                .isInstanceOf(Opening.TooOld.class);
        assertThat(states.open(new When.Sequence(ENTRIES + 1L))).isInstanceOf(Opening.TooNew.class);
        assertThat(states.open(new When.Time(NOW.plusSeconds(1))))
                .isInstanceOf(Opening.TooNew.class);
        assertThat(states.open(new When.Sequence(30))).isInstanceOf(Opening.Opened.class);
    }

    @Test
    void readsAStateOnceForAllItsPages() throws Exception {
        var states = states();
        var first = opened(states.open(new When.Sequence(100))).cluster();
        int read = journal.read.get();

        var again = opened(states.open(new When.Sequence(100))).cluster();

        assertThat(again).isSameAs(first);
        assertThat(journal.read.get() - read).isLessThan(ENTRIES);
    }

    @Test
    void servesOneAtATimeAndSendsAwayWhoeverIsTooMany() throws Exception {
        var states =
                states(new PastStates.Bounds(2, 1, Duration.ofSeconds(20), Duration.ofSeconds(5)));
        journal.gate = new CountDownLatch(1);
        // The common pool may have a single thread.
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var one = threads.submit(() -> open(states, 10));
            var two = threads.submit(() -> open(states, 20));
            Await.shortly().until("there is no room", () -> states.isFull());

            var third = states.open(new When.Sequence(30));
            journal.gate.countDown();

            assertThat(third).isInstanceOf(Opening.Busy.class);
            assertThat(one.get(20, TimeUnit.SECONDS)).isInstanceOf(Opening.Opened.class);
            assertThat(two.get(20, TimeUnit.SECONDS)).isInstanceOf(Opening.Opened.class);
        }
    }

    @Test
    void givesUpWhatTakesTooLong() throws Exception {
        var slow =
                new PastStates(
                        () -> journal,
                        PastStates.Bounds.DEFAULT,
                        () -> NOW,
                        () -> nanos.addAndGet(TimeUnit.SECONDS.toNanos(1)));
        states();

        assertThat(slow.open(new When.Sequence(ENTRIES))).isInstanceOf(Opening.Busy.class);
        assertThat(slow.open(new When.Sequence(5))).isInstanceOf(Opening.Opened.class);
    }

    @Test
    void isBusyWhileTheJournalIsAway() throws Exception {
        var broken =
                new PastStates(
                        () -> {
                            throw new JournalFault.Unavailable("away", new Exception());
                        },
                        PastStates.Bounds.DEFAULT,
                        () -> NOW);

        assertThat(broken.open(new When.Sequence(1))).isInstanceOf(Opening.Busy.class);
    }

    @Test
    void understandsTimesAndNumbers() {
        assertThat(When.of("sequence:17")).contains(new When.Sequence(17));
        assertThat(When.of("2026-11-23T08:15:00Z"))
                .contains(new When.Time(Instant.parse("2026-11-23T08:15:00Z")));
        assertThat(When.of("2026-11-23T09:15:00.5+01:00"))
                .contains(new When.Time(Instant.parse("2026-11-23T08:15:00.5Z")));
        for (var text :
                new String[] {"", "now", "sequence:", "sequence:-1", "sequence:1e3", "2026-11-23"})
            assertThat(When.of(text)).as(text).isEmpty();
    }

    private static Opening open(PastStates states, long sequence) {
        try {
            return states.open(new When.Sequence(sequence));
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static long sequence(PastStates states, Instant at) throws InterruptedException {
        return opened(states.open(new When.Time(at))).sequence();
    }

    private static Opening.Opened opened(Opening opening) {
        assertThat(opening).isInstanceOf(Opening.Opened.class);
        return (Opening.Opened) opening;
    }
}
