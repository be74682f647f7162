package io.meseta.master.history;

import io.meseta.master.journal.DatabaseJournal;
import io.meseta.master.journal.JournalTables;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/// A history that a leader fills from its journal, for tests elsewhere.
public final class OpenHistory implements AutoCloseable {

    private static final Duration WAIT_MAX = Duration.ofSeconds(20);

    private final AtomicLong head = new AtomicLong();
    private final Projection projection;

    /// @param kept how long what has ended stays
    public OpenHistory(
            JournalTables tables, DatabaseJournal journal, Duration kept, InstantSource clock) {
        projection =
                new Projection(
                        () -> journal,
                        new HistoryWriting(tables.database()::dataSource),
                        () -> OptionalLong.of(head.get()),
                        kept,
                        clock);
        projection.start();
    }

    /// Waits until it has taken in all entries up to that one.
    public void takeIn(long sequence) throws InterruptedException {
        head.set(sequence);
        if (!projection.await(sequence, WAIT_MAX))
            throw new IllegalStateException("the history does not get to entry " + sequence);
    }

    @Override
    public void close() {
        projection.close();
    }
}
