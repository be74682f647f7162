package io.meseta.master.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.engine.Replay;
import io.meseta.master.engine.Snapshot;
import io.meseta.master.history.Life;
import io.meseta.master.history.OpenHistory;
import io.meseta.master.leadership.OpenLease;
import io.meseta.testkit.Await;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a master writes and lets go of, over and over, takes no more room than at first, as long as
/// the vacuum comes; and nothing of a master keeps the vacuum from its work.
final class VacuumIT {

    private static final int CYCLES = 16;
    private static final int SETTLED = 5;
    private static final int ENTRIES = 50;
    private static final int RENEWALS = 60;

    private static final long PAGE = 8_192;

    /// Later than anything that has ended by chance.
    private static final Instant FAR = Instant.parse("2200-01-01T00:00:00Z");

    private static final String OPEN_TRANSACTIONS =
            """
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
                AND (xact_start IS NOT NULL OR backend_xmin IS NOT NULL)
            """;

    private static final String TABLES =
            """
            SELECT sum(pg_total_relation_size(oid)) FROM pg_class
            WHERE relkind = 'r' AND relnamespace = '%s'::regnamespace
            """;

    /// Ranges of entries go whole, by leave of nobody but their end.
    private static final String NO_DELETION =
            """
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'a row of the journal is deleted'; END $$;
            CREATE TRIGGER refuse BEFORE DELETE OR UPDATE ON journal
                FOR EACH ROW EXECUTE FUNCTION refuse();
            """;

    private final JournalTables tables = JournalTables.fresh();
    private final DatabaseJournal journal = tables.journal();
    private final Life life = Life.of(3, CYCLES * ENTRIES);
    private final Cluster state = life.after(ENTRIES);
    private final AtomicLong minutes = new AtomicLong();

    @AfterEach
    void close() {
        tables.close();
    }

    private record Sizes(long tables, long catalog, long ranges) {}

    @Test
    void takesNoMoreRoomHoweverLongItGoesOn() throws Exception {
        journal.raise(Life.EPOCH);
        cutIntoRanges();
        tables.database().run(NO_DELETION);
        var keeper =
                new JournalKeeper(
                        journal,
                        new Partitions(ENTRIES),
                        new Retention.Rule(Duration.ofSeconds(2 * ENTRIES), 0, ENTRIES),
                        () -> Life.BEGINNING.plusSeconds(newest()));
        var first = new Sizes(0, 0, 0);
        try (var lease = new OpenLease(tables.connector(Duration.ofSeconds(5)));
                var history =
                        new OpenHistory(
                                tables,
                                journal,
                                Duration.ofSeconds(1),
                                () -> FAR.plus(Duration.ofMinutes(minutes.get())))) {
            for (int cycle = 0; cycle < CYCLES; cycle++) {
                append(cycle);
                for (int i = 0; i < RENEWALS; i++) assertThat(lease.renew()).isTrue();
                long sequence = newest();
                journal.save(new Snapshot(sequence, FAR, state));
                history.takeIn(sequence);
                minutes.addAndGet(11);
                awaitEmptyHistory();
                keeper.keep();
                tables.database().run("VACUUM");
                if (cycle == SETTLED) first = sizes();
            }
        }
        var last = sizes();

        assertThat(last.ranges()).isLessThanOrEqualTo(first.ranges());
        assertThat(last.tables()).isLessThanOrEqualTo(first.tables() * 3 / 2);
        assertThat(last.catalog()).isLessThanOrEqualTo(first.catalog() * 3 / 2);
        for (var row : new String[] {"journal_head", "lease", "history_position"})
            assertThat(size(row)).as("%s is updated where it is", row).isEqualTo(PAGE);
        for (var index : new String[] {"journal_head_pkey", "lease_pkey", "history_position_pkey"})
            assertThat(size(index)).as("%s does not grow", index).isLessThanOrEqualTo(2 * PAGE);
    }

    @Test
    void keepsNoTransactionOpenWhileSomebodyReadsSlowly() throws Exception {
        journal.raise(Life.EPOCH);
        for (var entry : life.entries().subList(0, 300)) journal.append(entry);
        journal.save(new Snapshot(ENTRIES, FAR, state));
        var inside = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var reader =
                Thread.ofVirtual()
                        .start(() ->
                                journal.read(
                                        1,
                                        entry -> {
                                            if (entry.sequence() != 150) return;
                                            inside.countDown();
                                            await(goOn);
                                        }));
        await(inside);

        try {
            Await.shortly().until("nobody is in a transaction", this::isNobodyInATransaction);
        } finally {
            goOn.countDown();
            reader.join();
        }
        assertThat(Replay.of(journal).nextSequence()).isEqualTo(301);
        Await.shortly().until("recovery has left none open", this::isNobodyInATransaction);
    }

    /// The probe itself sees one where there is one.
    @Test
    void seesATransactionThatIsOpen() throws SQLException {
        try (var connection = tables.database().dataSource().getConnection()) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute("SELECT count(*) FROM journal");
            }

            assertThat(isNobodyInATransaction()).isFalse();
        }
    }

    private boolean isNobodyInATransaction() {
        return tables.database().text(OPEN_TRANSACTIONS).equals("0");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private void append(int cycle) {
        life.entries().subList(cycle * ENTRIES, (cycle + 1) * ENTRIES).forEach(journal::append);
    }

    private void awaitEmptyHistory() {
        Await.shortly()
                .until(
                        "what has ended is let go of",
                        () ->
                                tables.database()
                                        .text("SELECT count(*) FROM task_history")
                                        .equals("0"));
    }

    private void cutIntoRanges() throws SQLException {
        var database = tables.database();
        database.run("ALTER TABLE journal DETACH PARTITION journal_first");
        database.run(
                "ALTER TABLE journal ATTACH PARTITION journal_first FOR VALUES FROM (MINVALUE) TO ("
                        + ENTRIES
                        + ")");
        try (var connection = database.dataSource().getConnection()) {
            assertThat(new Partitions(ENTRIES).makeAhead(connection, 1)).isTrue();
        }
    }

    private long newest() {
        return journal.head().nextSequence() - 1;
    }

    private Sizes sizes() {
        return new Sizes(
                number(TABLES.formatted("public")),
                number(TABLES.formatted("pg_catalog")),
                number("SELECT count(*) FROM pg_inherits WHERE inhparent = 'journal'::regclass"));
    }

    private long size(String relation) {
        return number("SELECT pg_relation_size('%s')".formatted(relation));
    }

    private long number(String query) {
        return Long.parseLong(tables.database().text(query));
    }
}
