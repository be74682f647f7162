package io.meseta.master.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.engine.Entry;
import io.meseta.master.engine.JournalFault;
import io.meseta.master.engine.Replay;
import io.meseta.master.engine.Snapshot;
import io.meseta.master.journal.codec.RandomFacts;
import io.meseta.testkit.database.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Ranges of ten entries each, the first one apart, and one entry a day.
final class JournalKeeperIT {

    private static final Epoch EPOCH = new Epoch(1);
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final Retention.Rule MONTH = new Retention.Rule(Duration.ofDays(30), 0, 25);

    private final JournalTables tables = JournalTables.fresh();
    private final DatabaseJournal journal = tables.journal();
    private final RandomFacts facts = new RandomFacts(new Random(42));
    private Cluster state = Cluster.EMPTY;

    @AfterEach
    void closeJournals() {
        tables.close();
    }

    @Test
    void makesRoomAheadAndEntriesFillOneRangeAfterTheOther() throws SQLException {
        journal.raise(EPOCH);
        endFirstRangeAt(10);
        var keeper = keeper(MONTH);

        for (int day = 1; day <= 35; day++) {
            if (day % 5 == 0) keeper.keep();
            appendDays(day, day);
        }

        assertThat(tables.database().text("SELECT count(*) FROM journal_10")).isEqualTo("10");
        keeper.keep();
        assertThat(tables.database().text("SELECT count(*) FROM journal_30")).isEqualTo("6");
        assertThat(tables.database().text("SELECT count(*) FROM journal")).isEqualTo("35");
        assertThat(Replay.of(journal).cluster().durable()).isEqualTo(state.durable());
        assertThat(keeper.figures().entries()).isEqualTo(35);
        assertThat(keeper.figures().room()).isBetween(10L, 24L);
        assertThat(keeper.figures().bytes()).isPositive();
        assertThat(keeper.figures().age()).isEqualTo(Duration.ofDays(59));
    }

    @Test
    void writesNothingWhereThereIsNoRoomAndMakesSomeWhenItTakesOver() throws SQLException {
        journal.raise(EPOCH);
        endFirstRangeAt(10);
        tables.database().run("ALTER TABLE journal DETACH PARTITION journal_10 CONCURRENTLY");
        appendDays(1, 9);

        assertThatThrownBy(() -> append(10, EPOCH)).isInstanceOf(JournalFault.Unavailable.class);
        assertThat(journal.head().nextSequence()).isEqualTo(10);
        journal.raise(new Epoch(2));
        append(10, new Epoch(2));

        assertThat(journal.head().nextSequence()).isEqualTo(11);
    }

    @Test
    void dropsWholeRangesThatAreOldAndNotNeededForAnyStateThatIsNot() throws SQLException {
        journal.raise(EPOCH);
        endFirstRangeAt(10);
        var keeper = keeper(MONTH);
        for (int day = 1; day <= 60; day++) {
            if (day % 5 == 0) keeper.keep();
            appendDays(day, day);
            if (day % 6 == 0) journal.save(new Snapshot(day, NOW, state));
        }

        keeper.keep();

        // The 30th day is the first to be kept, and its state can be made from the 30th entry.
        assertThat(first()).isEqualTo(30);
        assertThat(journal.oldestState()).isEqualTo(30);
        assertThat(tables.database().text(SNAPSHOTS)).isEqualTo("30,48,54,60");
        assertThat(Replay.of(journal).cluster().durable()).isEqualTo(state.durable());
    }

    private static final String SNAPSHOTS =
            "SELECT string_agg(sequence::text, ',' ORDER BY sequence) FROM snapshot";

    @Test
    void letsGoEarlierOfWhatIsTooMuchButNeverOfWhatRecoveryNeeds() throws SQLException {
        journal.raise(EPOCH);
        endFirstRangeAt(10);
        appendDays(1, 9);
        var keeper = keeper(new Retention.Rule(Duration.ofDays(365), 1, 25));
        for (int day = 10; day <= 40; day++) {
            if (day % 5 == 0) keeper.keep();
            appendDays(day, day);
            if (day == 22 || day == 32 || day == 39) journal.save(new Snapshot(day, NOW, state));
        }

        keeper.keep();

        assertThat(first()).isEqualTo(20);
        assertThat(tables.database().text(SNAPSHOTS)).isEqualTo("22,32,39");
    }

    @Test
    void keepsEverythingWithoutASnapshot() throws SQLException {
        journal.raise(EPOCH);
        endFirstRangeAt(10);
        keeper(MONTH).keep();
        appendDays(1, 15);

        assertThat(keeper(new Retention.Rule(Duration.ZERO, 1, 1)).keep())
                .isEqualTo(Retention.Swept.NOTHING);
        assertThat(first()).isEqualTo(1);
    }

    @Test
    void finishesWhatAMasterHasLeftHalfDone() throws SQLException {
        journal.raise(EPOCH);
        endFirstRangeAt(10);
        tables.database().run("CREATE TABLE journal_5000 (n int)");
        tables.database().run("CREATE TABLE journal_20 (n int)");
        appendDays(1, 3);
        journal.save(new Snapshot(3, NOW, state));
        var keeper = keeper(MONTH);

        keeper.keep();
        appendDays(4, 15);
        keeper.keep();
        appendDays(16, 25);

        assertThat(tables.database().text("SELECT count(*) FROM journal")).isEqualTo("25");
        var leftovers = "SELECT count(*) FROM pg_class WHERE relname = 'journal_5000'";
        assertThat(tables.database().text(leftovers)).isEqualTo("0");
    }

    @Test
    void findsTheEntryThatWasTheNewestAtATime() {
        journal.raise(EPOCH);
        assertThat(journal.newestAt(NOW)).isZero();
        appendDays(1, 60);

        assertThat(journal.newestAt(day(17))).isEqualTo(17);
        assertThat(journal.newestAt(day(17).minusMillis(1))).isEqualTo(16);
        assertThat(journal.newestAt(day(17).plusMillis(1))).isEqualTo(17);
        assertThat(journal.newestAt(NOW.plusSeconds(99))).isEqualTo(60);
        assertThat(journal.newestAt(day(1).minusMillis(1))).isZero();
        assertThat(journal.at(17)).contains(day(17));
        assertThat(journal.at(61)).isEmpty();
        assertThat(journal.oldestState()).isZero();
    }

    @Test
    void readsPartsAndPagesOfAnySize() {
        journal.raise(EPOCH);
        appendDays(1, 300);

        var some = new ArrayList<Entry>();
        journal.read(63, 280, some::add);
        var all = new ArrayList<Entry>();
        journal.read(1, all::add);

        assertThat(some).isEqualTo(all.subList(62, 280));
        assertThat(all).hasSize(300);
    }

    /// A leader of the build before goes on while a new one moves its table.
    @Test
    void movesATableThatIsFullAndInUse() throws Exception {
        var database = TestDatabase.fresh();
        Flyway.configure().dataSource(database.dataSource()).target("1").load().migrate();
        database.run("UPDATE journal_head SET epoch = 1");
        fill(database, 1, 2_000);
        var appending =
                CompletableFuture.supplyAsync(() -> {
                    for (int i = 2_001; i <= 2_600; i++) fill(database, i, i);
                    return 2_600;
                });

        Flyway.configure().dataSource(database.dataSource()).load().migrate();

        appending.get(20, TimeUnit.SECONDS);
        try (var moved = JournalTables.in(database)) {
            var after = moved.journal();
            assertThat(database.text("SELECT count(*) FROM journal")).isEqualTo("2600");
            assertThat(database.text("SELECT count(*) FROM journal_first")).isEqualTo("2600");
            assertThat(after.raise(new Epoch(2)).nextSequence()).isEqualTo(2_601);
            after.append(facts.entry(2_601, new Epoch(2)));
            assertThat(database.text("SELECT max(sequence) FROM journal")).isEqualTo("2601");
        }
    }

    /// As an append of the build before does it.
    private static void fill(TestDatabase database, int first, int last) {
        database.run(
                """
                WITH head AS (
                    UPDATE journal_head SET next_sequence = %d WHERE next_sequence = %d RETURNING 1)
                INSERT INTO journal (sequence, epoch, at, events)
                SELECT n, 1, now(), 'x' FROM head, generate_series(%d, %d) n
                """
                        .formatted(last + 1, first, first, last));
    }

    private void appendDays(int first, int last) {
        for (int day = first; day <= last; day++) append(day, EPOCH);
    }

    private void append(int day, Epoch epoch) {
        var events = facts.events(2);
        journal.append(new Entry(day, epoch, day(day), events));
        for (var event : List.copyOf(events)) state = state.after(event);
    }

    /// The 60th is today.
    private static Instant day(int day) {
        return NOW.minus(Duration.ofDays(60 - day));
    }

    private long first() {
        return Long.parseLong(tables.database().text("SELECT min(sequence) FROM journal"));
    }

    private JournalKeeper keeper(Retention.Rule rule) {
        return new JournalKeeper(journal, new Partitions(10), rule, () -> NOW);
    }

    /// In a new database it ends at ten million.
    private void endFirstRangeAt(long bound) throws SQLException {
        tables.database().run("ALTER TABLE journal DETACH PARTITION journal_first");
        tables.database()
                .run(
                        "ALTER TABLE journal ATTACH PARTITION journal_first FOR VALUES FROM"
                                + " (MINVALUE) TO ("
                                + bound
                                + ")");
        try (var connection = tables.database().dataSource().getConnection()) {
            assertThat(new Partitions(10).makeAhead(connection, 1)).isTrue();
        }
    }
}
