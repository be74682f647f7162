package io.meseta.master.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.engine.Journal;
import io.meseta.master.engine.JournalFault;
import io.meseta.master.engine.Replay;
import io.meseta.master.engine.Snapshot;
import io.meseta.master.journal.codec.Build;
import io.meseta.master.journal.codec.RandomFacts;
import io.meseta.testkit.cluster.JournalContract;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DatabaseJournalIT implements JournalContract {

    private static final Epoch EPOCH = new Epoch(1);

    private final JournalTables tables = JournalTables.fresh();
    private final RandomFacts facts = new RandomFacts(new Random(42));

    @AfterEach
    void closeJournals() {
        tables.close();
    }

    @Override
    public Supplier<Journal> freshLog() {
        return tables::journal;
    }

    @Test
    void refusesADatabaseThatMayForgetWhatItConfirms() {
        var journal = tables.journal(Durability::check);

        assertThatThrownBy(() -> journal.raise(EPOCH))
                .isInstanceOf(JournalFault.Unavailable.class)
                .hasMessageContaining("fsync = off")
                .hasMessageContaining("postgresql.conf");
        assertThat(journal.head()).isEqualTo(new Journal.Head(Epoch.NONE, 1));
    }

    @Test
    void replaysAllThatWasFolded() {
        var journal = tables.journal();
        journal.raise(EPOCH);
        var state = Cluster.EMPTY;
        for (int sequence = 1; sequence <= 50; sequence++) {
            var entry = facts.entry(sequence, EPOCH);
            journal.append(entry);
            for (var event : entry.events()) state = state.after(event);
        }

        var replay = Replay.of(tables.journal());

        assertThat(replay.nextSequence()).isEqualTo(51);
        assertThat(replay.cluster().durable()).isEqualTo(state.durable());
    }

    @Test
    void recoversFromASnapshotAndTheEntriesAfterIt() {
        var journal = tables.journal();
        journal.raise(EPOCH);
        var state = append(journal, Cluster.EMPTY, 1, 10);
        journal.save(new Snapshot(10, Instant.EPOCH, state));
        state = append(journal, state, 11, 15);
        tables.database().run("DELETE FROM journal WHERE sequence <= 10");

        var replay = Replay.of(journal);

        assertThat(replay.nextSequence()).isEqualTo(16);
        assertThat(replay.cluster().durable()).isEqualTo(state.durable());
    }

    @Test
    void findsTheNewestSnapshotThatIsOldEnough() {
        var journal = tables.journal();
        journal.raise(EPOCH);
        var first = append(journal, Cluster.EMPTY, 1, 3);
        journal.save(new Snapshot(3, Instant.EPOCH, first));
        var second = append(journal, first, 4, 6);
        journal.save(new Snapshot(6, Instant.EPOCH, second));

        assertThat(journal.newestSnapshot(9).orElseThrow().sequence()).isEqualTo(6);
        assertThat(journal.newestSnapshot(6).orElseThrow().sequence()).isEqualTo(6);
        assertThat(journal.newestSnapshot(5).orElseThrow().sequence()).isEqualTo(3);
        assertThat(journal.newestSnapshot(2)).isEmpty();
    }

    @Test
    void fallsBackToAnOlderSnapshotWhenTheNewestIsDamaged() {
        var journal = tables.journal();
        journal.raise(EPOCH);
        var first = append(journal, Cluster.EMPTY, 1, 3);
        journal.save(new Snapshot(3, Instant.EPOCH, first));
        var second = append(journal, first, 4, 6);
        journal.save(new Snapshot(6, Instant.EPOCH, second));
        tables.database()
                .run(
                        "UPDATE snapshot_part SET content = set_byte(content,"
                                + " length(content) / 2, 255 - get_byte(content,"
                                + " length(content) / 2)) WHERE sequence = 6");

        assertThat(journal.newestSnapshot().orElseThrow().sequence()).isEqualTo(3);
        assertThat(Replay.of(journal).cluster().durable()).isEqualTo(second.durable());
    }

    @Test
    void fallsBackToAllEntriesWhenNoSnapshotIsWhole() {
        var journal = tables.journal();
        journal.raise(EPOCH);
        var state = append(journal, Cluster.EMPTY, 1, 3);
        journal.save(new Snapshot(3, Instant.EPOCH, state));
        tables.database().run("DELETE FROM snapshot_part");

        assertThat(journal.newestSnapshot()).isEmpty();
        assertThat(Replay.of(journal).cluster().durable()).isEqualTo(state.durable());
    }

    @Test
    void savesAStateThatNeedsManyParts() {
        var journal = tables.journal();
        journal.raise(EPOCH);
        append(journal, Cluster.EMPTY, 1, 1);
        var large = facts.cluster(60_000);

        journal.save(new Snapshot(1, Instant.EPOCH, large));

        assertThat(Integer.parseInt(tables.database().text("SELECT count(*) FROM snapshot_part")))
                .isGreaterThan(1);
        assertThat(journal.newestSnapshot().orElseThrow().cluster().durable())
                .isEqualTo(large.durable());
    }

    @Test
    void doesNotBelieveASnapshotOfTheFuture() {
        var journal = tables.journal();
        journal.raise(EPOCH);
        var state = append(journal, Cluster.EMPTY, 1, 1);

        journal.save(new Snapshot(9, Instant.EPOCH, state));

        assertThat(journal.newestSnapshot()).isEmpty();
    }

    /// Not even in a journal that nobody has led yet, whose epoch is the lowest there is.
    @Test
    void leavesEverythingAsItWasAfterARehearsal() {
        var journal = tables.journal();
        var fresh = journal.head();
        journal.rehearse(facts.entry(1, EPOCH));

        assertThat(journal.head()).isEqualTo(fresh);
        journal.raise(EPOCH);
        journal.append(facts.entry(1, EPOCH));
        var led = journal.head();
        journal.rehearse(facts.entry(2, EPOCH));

        assertThat(journal.head()).isEqualTo(led);
        var sequences = new ArrayList<Long>();
        journal.read(1, entry -> sequences.add(entry.sequence()));
        assertThat(sequences).containsExactly(1L);
        // Its reign goes on: a rehearsal has a connection of its own.
        journal.append(facts.entry(2, EPOCH));
    }

    @Test
    void saysThatNothingIsWrittenWhenTheServerRefuses() {
        var journal = tables.journal();
        journal.raise(EPOCH);
        tables.database().run("ALTER TABLE journal ADD CHECK (sequence < 2)");
        journal.append(facts.entry(1, EPOCH));

        assertThatThrownBy(() -> journal.append(facts.entry(2, EPOCH)))
                .isInstanceOf(JournalFault.Unavailable.class);
        assertThat(journal.head().nextSequence()).isEqualTo(2);
    }

    @Test
    void saysThatNothingIsWrittenWhenTheHeadStaysLocked() throws Exception {
        var impatient =
                new DatabaseJournal(
                        tables.database().dataSource(),
                        tables.connector(Duration.ofMillis(200)),
                        _ -> {},
                        new Build("test"),
                        new JournalMeters(new SimpleMeterRegistry()));
        impatient.raise(EPOCH);
        try (impatient;
                var other = tables.database().dataSource().getConnection();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT * FROM journal_head FOR UPDATE");

            assertThatThrownBy(() -> impatient.append(facts.entry(1, EPOCH)))
                    .isInstanceOf(JournalFault.Unavailable.class);
            other.rollback();
        }
        assertThat(tables.journal().head().nextSequence()).isEqualTo(1);
    }

    @Test
    void doesNotGuessWhenItsConnectionIsCut() {
        var journal = tables.journal();
        journal.raise(EPOCH);
        tables.database()
                .text(
                        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE"
                                + " application_name = 'test' AND datname = current_database()");

        assertThatThrownBy(() -> journal.append(facts.entry(1, EPOCH)))
                .isInstanceOf(JournalFault.OutcomeUnknown.class);
        journal.append(facts.entry(1, EPOCH));
        assertThat(journal.head().nextSequence()).isEqualTo(2);
    }

    private Cluster append(DatabaseJournal journal, Cluster from, int first, int last) {
        var state = from;
        for (int sequence = first; sequence <= last; sequence++) {
            var entry = facts.entry(sequence, EPOCH);
            journal.append(entry);
            for (var event : List.copyOf(entry.events())) state = state.after(event);
        }
        return state;
    }
}
