package io.meseta.master.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.master.core.reign.Epoch;
import io.meseta.master.engine.Entry;
import io.meseta.master.engine.JournalFault;
import io.meseta.master.journal.codec.RandomFacts;
import io.meseta.testkit.Await;
import io.meseta.testkit.database.KillableDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// PostgreSQL dies like a machine that loses power, in the middle of appends.
final class PowerLossIT {

    private static final int KILLS = 3;

    private final RandomFacts facts = new RandomFacts(new Random(7));

    /// What came of the last append of a reign.
    private enum Ending {
        UNKNOWN,
        NOT_WRITTEN
    }

    @Test
    void losesNothingAcknowledgedAndWritesNothingTwice() throws Exception {
        try (var server = KillableDatabase.start();
                var tables = JournalTables.in(server.database())) {
            var journal = tables.journal(Durability::check);
            var written = new ArrayList<Entry>();
            for (int kill = 1; kill <= KILLS; kill++) {
                var epoch = new Epoch(kill);
                var head = journal.raise(epoch);
                assertThat(head.nextSequence()).isEqualTo(written.size() + 1L);
                var acknowledged = new CopyOnWriteArrayList<Entry>();
                var attempted = new CompletableFuture<Entry>();
                var appending =
                        CompletableFuture.supplyAsync(() ->
                                append(
                                        journal,
                                        head.nextSequence(),
                                        epoch,
                                        acknowledged,
                                        attempted));
                Await.shortly().until("some are appended", () -> acknowledged.size() > 100);

                server.kill();
                var ending = appending.get(20, TimeUnit.SECONDS);
                server.restart();

                written.addAll(acknowledged);
                var found = read(journal);
                if (found.size() > written.size()) {
                    assertThat(ending).isEqualTo(Ending.UNKNOWN);
                    written.add(attempted.join());
                }
                assertThat(found).isEqualTo(written);
            }
        }
    }

    @Test
    void saysThatNothingIsWrittenWhileTheServerIsDown() {
        try (var server = KillableDatabase.start();
                var tables = JournalTables.in(server.database())) {
            var journal = tables.journal(Durability::check);
            journal.raise(new Epoch(1));
            journal.close();
            server.kill();

            assertThatThrownBy(() -> journal.append(facts.entry(1, new Epoch(1))))
                    .isInstanceOf(JournalFault.Unavailable.class);
            assertThatThrownBy(journal::head).isInstanceOf(JournalFault.Unavailable.class);

            server.restart();
            journal.append(facts.entry(1, new Epoch(1)));
            assertThat(read(journal)).hasSize(1);
        }
    }

    private Ending append(
            DatabaseJournal journal,
            long from,
            Epoch epoch,
            List<Entry> acknowledged,
            CompletableFuture<Entry> attempted) {
        for (long sequence = from; ; sequence++) {
            var entry = facts.entry(sequence, epoch);
            try {
                journal.append(entry);
                acknowledged.add(entry);
            } catch (JournalFault.OutcomeUnknown _) {
                attempted.complete(entry);
                return Ending.UNKNOWN;
            } catch (JournalFault.Unavailable _) {
                return Ending.NOT_WRITTEN;
            }
        }
    }

    private static List<Entry> read(DatabaseJournal journal) {
        var entries = new ArrayList<Entry>();
        journal.read(1, entries::add);
        return entries;
    }
}
