package io.meseta.master.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.engine.Committed;
import io.meseta.master.engine.Entry;
import io.meseta.master.engine.Snapshot;
import io.meseta.master.history.Endings.EndedTask;
import io.meseta.master.journal.DatabaseJournal;
import io.meseta.master.journal.JournalTables;
import io.meseta.testkit.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The history holds what has ended, once, however it has come to know.
final class ProjectionIT {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final JournalTables tables = JournalTables.fresh();
    private final DatabaseJournal journal = tables.journal();
    private final AtomicLong head = new AtomicLong();
    private final AtomicBoolean leads = new AtomicBoolean(true);
    private final List<Projection> open = new ArrayList<>();
    private final Life life = Life.of(11, 300);

    @AfterEach
    void close() {
        open.forEach(Projection::close);
        tables.close();
    }

    @Test
    void readsTheJournalWhereNobodyHasHandedItAnything() throws Exception {
        append(1, 300);

        var projection = start();

        assertThat(projection.await(300, LONG)).isTrue();
        assertThat(written()).isEqualTo(names(life.tasks()));
        assertThat(projection.behind()).isZero();
    }

    @Test
    void takesInWhatItIsHandedWithoutReading() throws Exception {
        var projection = start();
        // Of the journal there is nothing to read: what is written was handed over.
        journal.raise(Life.EPOCH);
        hand(projection, 1, 300);
        head.set(300);

        assertThat(projection.await(300, LONG)).isTrue();
        assertThat(written()).isEqualTo(names(life.tasks()));
    }

    @Test
    void fillsTheGapsFromTheJournal() throws Exception {
        append(1, 300);
        head.set(0);
        var projection = start();
        hand(projection, 1, 50);
        hand(projection, 80, 120);
        hand(projection, 200, 260);
        head.set(300);

        assertThat(projection.await(300, LONG)).isTrue();
        assertThat(written()).isEqualTo(names(life.tasks()));
    }

    @Test
    void writesEachEndingOnceWhenTwoTakeOneAnotherForTheLeader() throws Exception {
        append(1, 300);
        var one = start();
        var other = start();
        hand(other, 100, 300);
        hand(one, 1, 300);

        assertThat(one.await(300, LONG)).isTrue();
        assertThat(other.await(300, LONG)).isTrue();
        assertThat(written()).isEqualTo(names(life.tasks()));
    }

    @Test
    void goesOnWhereAnotherHasStopped() throws Exception {
        append(1, 150);
        var first = start();
        assertThat(first.await(150, LONG)).isTrue();
        first.close();
        append(151, 300);

        assertThat(start().await(300, LONG)).isTrue();
        assertThat(written()).isEqualTo(names(life.tasks()));
    }

    @Test
    void isMadeAgainFromTheJournalOnDemand() throws Exception {
        append(1, 300);
        var projection = start();
        assertThat(projection.await(300, LONG)).isTrue();
        var whole = written();
        tables.database().run("DELETE FROM task_history WHERE launch_order % 2 = 0");
        tables.database().run("UPDATE task_history SET state = 'NONSENSE', content = ''");

        projection.rebuild();

        assertThat(projection.await(300, LONG)).isTrue();
        assertThat(written()).isEqualTo(whole);
    }

    @Test
    void beginsWithWhatTheOldestStateRemembersWhereOlderEntriesAreGone() throws Exception {
        append(1, 300);
        journal.save(new Snapshot(200, Instant.EPOCH, life.after(200)));
        tables.database().run("DELETE FROM journal WHERE sequence <= 200");

        assertThat(start().await(300, LONG)).isTrue();

        var later = life.tasks().stream().filter(each -> each.sequence() > 200).toList();
        assertThat(written()).containsAll(names(later));
        assertThat(written().size()).isGreaterThanOrEqualTo(names(later).size());
    }

    @Test
    void doesNothingWhileItDoesNotLead() throws Exception {
        append(1, 300);
        leads.set(false);
        var projection = start();
        hand(projection, 1, 300);

        assertThat(projection.await(1, Duration.ofMillis(600))).isFalse();
        assertThat(written()).isEmpty();
        leads.set(true);
        assertThat(projection.await(300, LONG)).isTrue();
        assertThat(written()).isEqualTo(names(life.tasks()));
    }

    @Test
    void letsGoOfWhatIsTooOld() throws Exception {
        append(1, 300);
        var projection =
                new Projection(
                        () -> journal,
                        new HistoryWriting(tables.database()::dataSource),
                        () -> OptionalLong.of(300),
                        Duration.ofDays(30),
                        () -> Instant.parse("2200-01-01T00:00:00Z"));
        open.add(projection);
        projection.start();
        assertThat(projection.await(300, LONG)).isTrue();

        Await.shortly()
                .until(
                        "all is gone",
                        () ->
                                tables.database()
                                        .text("SELECT count(*) FROM task_history")
                                        .equals("0"));
    }

    private Projection start() {
        var projection =
                new Projection(
                        () -> journal,
                        new HistoryWriting(tables.database()::dataSource),
                        () -> leads.get() ? OptionalLong.of(head.get()) : OptionalLong.empty(),
                        Duration.ofDays(36_500),
                        () -> Life.BEGINNING);
        open.add(projection);
        projection.start();
        return projection;
    }

    private void append(int first, int last) {
        if (first == 1) journal.raise(Life.EPOCH);
        for (var entry : life.entries().subList(first - 1, last)) journal.append(entry);
        head.set(last);
    }

    private void hand(Projection projection, int first, int last) {
        var state = life.after(first - 1);
        for (Entry entry : life.entries().subList(first - 1, last)) {
            var next = state;
            for (var event : entry.events()) next = next.after(event);
            projection.saw(committed(entry, state, next));
            state = next;
        }
    }

    private static Committed committed(Entry entry, Cluster before, Cluster after) {
        return new Committed(entry.sequence(), before, after, List.of(), entry.events(), List.of());
    }

    private List<String> written() {
        return tables.database()
                .text(
                        """
                        SELECT coalesce(string_agg(name, E'\\n' ORDER BY name COLLATE "C"), '')
                        FROM (SELECT framework || '/' || task || '@' || launch_order || ' ' || state
                            || ' ' || ended_sequence AS name FROM task_history) AS names
                        """)
                .lines()
                .toList();
    }

    /// One row for each launch: a later ending of what seems the same launch takes its place.
    private static List<String> names(List<EndedTask> tasks) {
        var rows = new HashMap<String, String>();
        for (var each : tasks) {
            var task = each.task();
            var launch = task.key() + "@" + task.placement().order();
            rows.put(
                    launch + task.placement().at(),
                    launch + " " + task.state() + " " + each.sequence());
        }
        return rows.values().stream().sorted().toList();
    }
}
