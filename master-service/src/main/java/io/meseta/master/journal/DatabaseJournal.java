package io.meseta.master.journal;

import io.meseta.master.core.reign.Epoch;
import io.meseta.master.core.reign.FeatureLevels;
import io.meseta.master.engine.Entry;
import io.meseta.master.engine.Journal;
import io.meseta.master.engine.JournalFault;
import io.meseta.master.engine.Snapshot;
import io.meseta.master.journal.codec.Build;
import io.meseta.master.journal.codec.EntryCodec;
import io.meseta.master.journal.codec.SnapshotCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import javax.sql.DataSource;

/// The journal as tables of PostgreSQL.
///
/// An append is **one** autocommitted statement: it moves the head's row on where epoch and
/// sequence number match, and inserts the entry from what that returns. An INSERT that only looked
/// at the epoch would leak: it could commit after a new leader has raised the epoch and read. Here
/// both contend for one row, so one of them comes first, and the other sees it.
public final class DatabaseJournal implements Journal, AutoCloseable {

    private static final String HEAD = "SELECT epoch, next_sequence FROM journal_head";

    private static final String RAISE =
            """
            UPDATE journal_head SET epoch = ? WHERE epoch < ?
            RETURNING epoch, next_sequence
            """;

    private static final String APPEND =
            """
            WITH head AS (
                UPDATE journal_head SET next_sequence = next_sequence + 1
                WHERE epoch = ? AND next_sequence = ?
                RETURNING epoch, next_sequence - 1 AS sequence)
            INSERT INTO journal (sequence, epoch, at, events)
            SELECT sequence, epoch, ?, ? FROM head
            """;

    /// No journal's head ever gets there.
    private static final long NEVER = Long.MAX_VALUE;

    private static final Duration HEAD_MAX = Duration.ofSeconds(3);

    private final DataSource pool;
    private final Connector connector;
    private final FeatureLevels levels;
    private final OwnConnection.Check check;
    private final OwnConnection writing;
    private final EntryCodec codec;
    private final EntryRows entries;
    private final Partitions partitions = new Partitions(Partitions.ENTRIES);
    private final SnapshotRows snapshots;
    private final JournalMeters meters;

    /// The connection for writing is one. Two leaders' reigns in one process may overlap by the end
    /// of a slow append; whoever comes second waits for as long as a statement may take.
    private final ReentrantLock write = new ReentrantLock();

    /// Connects only when asked to do something.
    ///
    /// @param pool for reading and for snapshots
    /// @param connector for the connection that appends and raises
    /// @param check what that connection must pass: [Durability#check] outside of tests
    public DatabaseJournal(
            DataSource pool,
            Connector connector,
            OwnConnection.Check check,
            Build build,
            JournalMeters meters) {
        this.pool = pool;
        this.connector = connector;
        this.levels = build.levels();
        this.check = check;
        this.writing = new OwnConnection(connector, check);
        this.codec = new EntryCodec(build);
        this.entries = new EntryRows(pool, codec);
        this.snapshots = new SnapshotRows(pool, build, new SnapshotCodec(build));
        this.meters = meters;
    }

    @Override
    public Head head() {
        try (var connection = pool.getConnection()) {
            // A standby asks for it all the time, and must not hang on a network that is cut.
            connection.setNetworkTimeout(Runnable::run, (int) HEAD_MAX.toMillis());
            try (var statement = connection.prepareStatement(HEAD)) {
                return head(statement).orElseThrow(DatabaseJournal::headless);
            }
        } catch (SQLException failure) {
            throw new JournalFault.Unavailable("the journal's head can't be read", failure);
        }
    }

    @Override
    public Head raise(Epoch epoch) {
        write.lock();
        try {
            // A new connection for each reign: whether the database is safe is asked again.
            writing.discard();
            var connection = opened();
            try {
                var head =
                        raised(connection, epoch)
                                .orElseThrow(() ->
                                        new JournalFault.Fenced(
                                                "epoch " + epoch.number() + " is not the highest"));
                // As a rule there is one: whoever keeps the journal makes it long before.
                if (!partitions.makeAhead(connection, head.nextSequence()))
                    throw new SQLException("another master is making room for entries", "55P03");
                return head;
            } catch (SQLException failure) {
                writing.discard();
                throw WriteFaults.of("epoch " + epoch.number(), failure);
            }
        } finally {
            write.unlock();
        }
    }

    @Override
    public void append(Entry entry) {
        var events = codec.encode(entry);
        long start = System.nanoTime();
        boolean isDone = false;
        write.lock();
        try {
            append(opened(), entry, events);
            isDone = true;
        } finally {
            write.unlock();
            if (isDone)
                meters.appended(
                        Duration.ofNanos(System.nanoTime() - start),
                        entry.events().size(),
                        events.length);
            else meters.notAppended();
        }
    }

    /// On a connection of its own: a reign may begin meanwhile.
    @Override
    public void rehearse(Entry entry) {
        var events = codec.encode(entry);
        try (var connection = connector.connect()) {
            check.pass(connection);
            raised(connection, Epoch.NONE);
            isAppended(connection, Epoch.NONE, NEVER, entry.at(), events);
        } catch (SQLException | Durability.UnsafeDatabase failure) {
            throw new JournalFault.Unavailable("the journal can't be opened", failure);
        }
    }

    @Override
    public void read(long fromSequence, Consumer<Entry> reader) {
        entries.read(fromSequence, NEVER, reader);
    }

    @Override
    public void read(long fromSequence, long untilSequence, Consumer<Entry> reader) {
        entries.read(fromSequence, untilSequence, reader);
    }

    @Override
    public long newestAt(Instant time) {
        return entries.newestAt(time);
    }

    @Override
    public Optional<Instant> at(long sequence) {
        return entries.at(sequence);
    }

    @Override
    public long oldestState() {
        long oldest = entries.ends().oldest();
        return oldest <= 1 ? 0 : snapshots.oldestSince(oldest - 1);
    }

    @Override
    public Optional<Snapshot> newestSnapshot() {
        return snapshots.newest(Long.MAX_VALUE);
    }

    @Override
    public Optional<Snapshot> newestSnapshot(long sequenceMax) {
        return snapshots.newest(sequenceMax);
    }

    @Override
    public FeatureLevels levels() {
        return levels;
    }

    /// For whoever keeps it in order.
    DataSource pool() {
        return pool;
    }

    EntryRows entries() {
        return entries;
    }

    /// The sequence number of the newest snapshot that anybody has saved; 0 if there is none.
    public long newestSaved() {
        return snapshots.newestSaved();
    }

    /// Saves a state, unless another master is just saving one.
    @Override
    public void save(Snapshot snapshot) {
        long start = System.nanoTime();
        boolean isDone = false;
        try {
            snapshots.save(snapshot);
            isDone = true;
        } finally {
            if (isDone) meters.saved(Duration.ofNanos(System.nanoTime() - start));
            else meters.notSaved();
        }
    }

    /// Ends the connection for writing; a later write would open another.
    @Override
    public void close() {
        write.lock();
        try {
            writing.close();
        } finally {
            write.unlock();
        }
    }

    /// Before anything is sent, so a failure here means that nothing was written.
    private Connection opened() {
        try {
            return writing.get();
        } catch (SQLException | Durability.UnsafeDatabase failure) {
            throw new JournalFault.Unavailable(
                    "the journal can't be opened: " + failure.getMessage(), failure);
        }
    }

    private void append(Connection connection, Entry entry, byte[] events) {
        try {
            if (!isAppended(connection, entry.epoch(), entry.sequence(), entry.at(), events))
                throw new JournalFault.Fenced(
                        "entry %d of epoch %d does not follow the journal's head"
                                .formatted(entry.sequence(), entry.epoch().number()));
        } catch (SQLException failure) {
            writing.discard();
            throw WriteFaults.of("entry " + entry.sequence(), failure);
        }
    }

    private static Optional<Head> raised(Connection connection, Epoch epoch) throws SQLException {
        try (var statement = connection.prepareStatement(RAISE)) {
            statement.setLong(1, epoch.number());
            statement.setLong(2, epoch.number());
            return head(statement);
        }
    }

    private static boolean isAppended(
            Connection connection, Epoch epoch, long sequence, Instant at, byte[] events)
            throws SQLException {
        try (var statement = connection.prepareStatement(APPEND)) {
            statement.setLong(1, epoch.number());
            statement.setLong(2, sequence);
            statement.setObject(3, at.atOffset(ZoneOffset.UTC));
            statement.setBytes(4, events);
            return statement.executeUpdate() == 1;
        }
    }

    private static Optional<Head> head(PreparedStatement statement) throws SQLException {
        try (var rows = statement.executeQuery()) {
            return rows.next()
                    ? Optional.of(new Head(new Epoch(rows.getLong(1)), rows.getLong(2)))
                    : Optional.empty();
        }
    }

    private static JournalFault headless() {
        return new JournalFault.Unreadable("the journal has no head: its tables are damaged");
    }

    static int seconds(Duration duration) {
        return Math.toIntExact(duration.toSeconds());
    }
}
