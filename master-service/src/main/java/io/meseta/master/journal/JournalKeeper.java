package io.meseta.master.journal;

import io.meseta.master.engine.JournalFault;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the journal's house: room for what comes next, nothing that is too old, and figures about
/// both. Every master has one; whoever comes first does the work, and the others find it done.
public final class JournalKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JournalKeeper.class);

    private static final Duration PERIOD = Duration.ofMinutes(1);

    /// The start of a master has more urgent things to do.
    private static final Duration FIRST = Duration.ofSeconds(10);

    private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

    private final DataSource pool;
    private final EntryRows entries;
    private final Partitions partitions;
    private final Retention retention;
    private final InstantSource clock;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("journal-keeper").daemon().factory());
    private volatile Figures figures = Figures.UNKNOWN;

    /// What there was when it was looked at last.
    ///
    /// @param entries in the journal
    /// @param room how many more there is a range for already
    /// @param bytes of entries
    /// @param age of the oldest entry
    /// @param snapshotBytes of all snapshots
    public record Figures(
            long entries,
            int ranges,
            long room,
            long bytes,
            Duration age,
            int snapshots,
            long snapshotBytes) {

        static final Figures UNKNOWN = new Figures(0, 0, 0, 0, Duration.ZERO, 0, 0);
    }

    /// Starts nothing yet.
    public JournalKeeper(DatabaseJournal journal, Retention.Rule rule, InstantSource clock) {
        this(journal, new Partitions(Partitions.ENTRIES), rule, clock);
    }

    JournalKeeper(
            DatabaseJournal journal,
            Partitions partitions,
            Retention.Rule rule,
            InstantSource clock) {
        this.pool = journal.pool();
        this.entries = journal.entries();
        this.partitions = partitions;
        this.retention = new Retention(pool, entries, partitions, rule, clock);
        this.clock = clock;
    }

    public void start() {
        var _ =
                thread.scheduleWithFixedDelay(
                        this::turn, FIRST.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// What there was a minute ago at most, as long as the database answers.
    public Figures figures() {
        return figures;
    }

    /// One round: makes room, lets go of what is old, and looks at what there is.
    public Retention.Swept keep() {
        makeRoom();
        var swept = retention.sweep();
        look();
        return swept;
    }

    private void turn() {
        try {
            var swept = keep();
            if (swept.ranges() > 0 || swept.snapshots() > 0)
                LOG.atInfo()
                        .addKeyValue("ranges", swept.ranges())
                        .addKeyValue("snapshots", swept.snapshots())
                        .log("Old parts of the journal are let go of");
        } catch (JournalFault fault) {
            LOG.atWarn().setCause(fault).log("The journal was not kept in order; trying on");
        } catch (RuntimeException bug) {
            // Thrown, it would end all further rounds.
            LOG.atError().setCause(bug).log("Keeping the journal has failed, which is a bug");
        }
    }

    private void makeRoom() {
        try (var connection = pool.getConnection()) {
            partitions.makeAhead(connection, entries.ends().newest() + 1);
        } catch (SQLException failure) {
            throw new JournalFault.Unavailable("no room can be made for entries", failure);
        }
    }

    private void look() {
        try (var connection = pool.getConnection()) {
            var ends = entries.ends();
            var ranges = partitions.all(connection);
            var snapshots = SnapshotRows.all(connection);
            Instant now = clock.instant();
            figures =
                    new Figures(
                            ends.newest() == 0 ? 0 : ends.newest() - ends.oldest() + 1,
                            ranges.size(),
                            ranges.getLast().until() - ends.newest() - 1,
                            ranges.stream().mapToLong(Partitions.Partition::bytes).sum(),
                            entries.at(ends.oldest())
                                    .map(at -> Duration.between(at, now))
                                    .orElse(Duration.ZERO),
                            snapshots.size(),
                            snapshots.stream().mapToLong(SnapshotRows.Saved::bytes).sum());
        } catch (SQLException failure) {
            throw new JournalFault.Unavailable("the journal can't be looked at", failure);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(CLOSE_MAX.toMillis(), TimeUnit.MILLISECONDS))
                LOG.atWarn().log("The journal's keeper does not end in time");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
