package io.meseta.master.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.engine.ClusterWriter;
import io.meseta.master.engine.Committed;
import io.meseta.master.engine.JournalFault;
import io.meseta.master.engine.Snapshot;
import io.meseta.testkit.Await;
import io.meseta.testkit.FakeTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SnapshotsTest {

    private static final Snapshots.Rule RULE = new Snapshots.Rule(10, 1_000);

    private final List<Snapshots> opened = new ArrayList<>();
    private final List<Long> saved = new CopyOnWriteArrayList<>();
    private final AtomicInteger sweeps = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong newest = new AtomicLong();

    @AfterEach
    void close() {
        opened.forEach(Snapshots::close);
    }

    @Test
    void savesAfterSoManyEntries() {
        var snapshots = saving(snapshot -> saved.add(snapshot.sequence()));

        for (long sequence = 1; sequence <= 11; sequence++) snapshots.after(committed(sequence));
        snapshots.after(committed(12));

        Await.shortly().until("it is saved and swept", () -> sweeps.get() == 1);
        assertThat(saved).containsExactly(12L);
    }

    @Test
    void savesAfterSoManyBytes() {
        var snapshots = saving(snapshot -> saved.add(snapshot.sequence()));
        snapshots.after(committed(1));

        bytes.set(1_000);
        snapshots.after(committed(2));

        Await.shortly().until("it is saved", () -> saved.equals(List.of(2L)));
    }

    @Test
    void countsFromTheSnapshotThatTheReignBeganWith() {
        var snapshots = saving(snapshot -> saved.add(snapshot.sequence()));
        snapshots.begin(95);

        snapshots.after(committed(100));
        snapshots.after(committed(107));

        Await.shortly().until("it is saved", () -> sweeps.get() == 1);
        assertThat(saved).containsExactly(107L);
    }

    @Test
    void doesNotKeepTheWriterWaiting() {
        var mayGoOn = new CountDownLatch(1);
        var snapshots =
                saving(snapshot -> {
                    Await.shortly().until("it may go on", () -> mayGoOn.getCount() == 0);
                    saved.add(snapshot.sequence());
                });

        snapshots.after(committed(12));
        snapshots.after(committed(30));
        assertThat(saved).isEmpty();
        mayGoOn.countDown();

        Await.shortly().until("the first is saved", () -> sweeps.get() == 1);
        assertThat(saved).containsExactly(12L);
    }

    @Test
    void goesOnAfterAFailure() {
        var snapshots =
                saving(snapshot -> {
                    if (snapshot.sequence() < 20)
                        throw new JournalFault.Unavailable("planted", new Exception());
                    saved.add(snapshot.sequence());
                });
        snapshots.after(committed(12));

        Await.shortly()
                .until(
                        "a later one is saved",
                        () -> {
                            snapshots.after(committed(30));
                            return saved.equals(List.of(30L));
                        });
    }

    @Test
    void savesOnAStandbyBeforeALeaderWould() {
        var snapshots = saving(snapshot -> saved.add(snapshot.sequence()));

        snapshots.followed(new ClusterWriter.View(Cluster.EMPTY, 9), 0);
        snapshots.followed(new ClusterWriter.View(Cluster.EMPTY, 10), 0);

        Await.shortly().until("it is saved", () -> saved.equals(List.of(10L)));
    }

    @Test
    void leavesItToWhoeverHasDoneIt() {
        var snapshots = saving(snapshot -> saved.add(snapshot.sequence()));
        newest.set(10);
        snapshots.after(committed(12));

        Await.shortly()
                .until(
                        "the next is due from there",
                        () -> {
                            snapshots.after(committed(22));
                            return saved.equals(List.of(22L));
                        });
    }

    private Snapshots saving(Consumer<Snapshot> save) {
        var journal = new SavingJournal(save);
        var snapshots =
                new Snapshots(
                        journal,
                        new Snapshots.Progress(bytes::get, newest::get),
                        RULE,
                        sweeps::incrementAndGet,
                        new FakeTime());
        opened.add(snapshots);
        return snapshots;
    }

    private static Committed committed(long sequence) {
        return new Committed(
                sequence, Cluster.EMPTY, Cluster.EMPTY, List.of(), List.of(), List.of());
    }
}
