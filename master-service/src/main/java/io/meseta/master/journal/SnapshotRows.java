package io.meseta.master.journal;

import io.meseta.master.engine.JournalFault;
import io.meseta.master.engine.Snapshot;
import io.meseta.master.journal.codec.BeyondLevel;
import io.meseta.master.journal.codec.Build;
import io.meseta.master.journal.codec.SnapshotCodec;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The tables of snapshots: each one in parts, so that none is too large for a row or for memory.
final class SnapshotRows {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotRows.class);

    private static final Duration STATEMENT_MAX = Duration.ofSeconds(30);

    private static final String WHICH =
            """
            SELECT sequence, encode(sha256, 'hex') FROM snapshot
            WHERE sequence < (SELECT next_sequence FROM journal_head) AND sequence <= ?
            ORDER BY sequence DESC
            """;

    /// Any number will do as long as nobody else uses it.
    private static final String TRY_LOCK = "SELECT pg_try_advisory_lock(7261958304412865)";

    private static final String UNLOCK = "SELECT pg_advisory_unlock(7261958304412865)";

    private static final String NEWEST = "SELECT coalesce(max(sequence), 0) FROM snapshot";

    private static final String INSERT =
            "INSERT INTO snapshot (sequence, at, build, bytes, sha256) VALUES (?, ?, ?, ?, ?)";

    private static final String EXISTS = "SELECT 1 FROM snapshot WHERE sequence = ?";

    private static final String OLDEST_SINCE =
            "SELECT coalesce(min(sequence), 0) FROM snapshot WHERE sequence >= ?";

    /// Only ever run under the lock, so none of them is being written.
    private static final String DROP_LEFTOVERS =
            "DELETE FROM snapshot_part WHERE sequence NOT IN (SELECT sequence FROM snapshot)";

    private static final String ALL = "SELECT sequence, bytes FROM snapshot ORDER BY sequence";

    private static final String DROP = "DELETE FROM snapshot WHERE sequence = ?";

    private final DataSource pool;
    private final Build build;
    private final SnapshotCodec codec;

    private record Candidate(long sequence, String sha256) {}

    SnapshotRows(DataSource pool, Build build, SnapshotCodec codec) {
        this.pool = pool;
        this.build = build;
        this.codec = codec;
    }

    /// The newest that can be read. One that can't is told of and passed over.
    ///
    /// @param sequenceMax how new it may be
    Optional<Snapshot> newest(long sequenceMax) {
        try (var connection = pool.getConnection()) {
            for (var candidate : candidates(connection, sequenceMax)) {
                try {
                    return Optional.of(read(connection, candidate));
                } catch (JournalFault.Unreadable unreadable) {
                    if (unreadable.getCause() instanceof BeyondLevel) throw unreadable;
                    LOG.atWarn()
                            .addKeyValue("sequence", candidate.sequence)
                            .setCause(unreadable)
                            .log("A snapshot can't be read; an older one is tried");
                }
            }
            return Optional.empty();
        } catch (SQLException | IOException failure) {
            throw new JournalFault.Unavailable("the snapshots can't be read", failure);
        }
    }

    /// The sequence number of the newest, readable or not; 0 if there is none.
    long newestSaved() {
        try (var connection = pool.getConnection();
                var statement = connection.prepareStatement(NEWEST);
                var rows = statement.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        } catch (SQLException failure) {
            throw new JournalFault.Unavailable("the snapshots can't be read", failure);
        }
    }

    /// The oldest that is not older than this entry; 0 if there is none.
    long oldestSince(long sequence) {
        try (var connection = pool.getConnection();
                var statement = connection.prepareStatement(OLDEST_SINCE)) {
            statement.setQueryTimeout(DatabaseJournal.seconds(STATEMENT_MAX));
            statement.setLong(1, sequence);
            try (var rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        } catch (SQLException failure) {
            throw new JournalFault.Unavailable("the snapshots can't be read", failure);
        }
    }

    /// Saves nothing while another master is saving: one is as good as two.
    ///
    /// Part by part, each a transaction of its own: one that lasted as long as the whole would keep
    /// the dead versions of the journal's head, and slow each append down.
    void save(Snapshot snapshot) {
        try (var connection = pool.getConnection()) {
            if (!isAlone(connection)) return;
            try {
                run(connection, DROP_LEFTOVERS);
                if (!exists(connection, snapshot.sequence())) insert(connection, snapshot);
            } finally {
                run(connection, UNLOCK);
            }
        } catch (SQLException | IOException failure) {
            // Whether it was written makes no difference: nobody relies on it.
            throw new JournalFault.Unavailable("the snapshot can't be saved", failure);
        }
    }

    /// What there is of one, without its content.
    record Saved(long sequence, long bytes) {}

    /// The oldest first.
    static List<Saved> all(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(ALL)) {
            statement.setQueryTimeout(DatabaseJournal.seconds(STATEMENT_MAX));
            try (var rows = statement.executeQuery()) {
                var all = new ArrayList<Saved>();
                while (rows.next()) all.add(new Saved(rows.getLong(1), rows.getLong(2)));
                return all;
            }
        }
    }

    /// Drops these, unless somebody is saving one.
    ///
    /// @return whether they are gone
    static boolean drop(Connection connection, List<Saved> some) throws SQLException {
        if (some.isEmpty()) return true;
        if (!isAlone(connection)) return false;
        try (var statement = connection.prepareStatement(DROP)) {
            statement.setQueryTimeout(DatabaseJournal.seconds(STATEMENT_MAX));
            for (var each : some) {
                statement.setLong(1, each.sequence());
                statement.executeUpdate();
            }
            run(connection, DROP_LEFTOVERS);
            return true;
        } finally {
            run(connection, UNLOCK);
        }
    }

    /// Held until it is given back, also by the end of the connection.
    private static boolean isAlone(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(TRY_LOCK);
                var rows = statement.executeQuery()) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout(DatabaseJournal.seconds(STATEMENT_MAX));
            statement.execute();
        }
    }

    private static List<Candidate> candidates(Connection connection, long sequenceMax)
            throws SQLException {
        try (var statement = connection.prepareStatement(WHICH)) {
            statement.setQueryTimeout(DatabaseJournal.seconds(STATEMENT_MAX));
            statement.setLong(1, sequenceMax);
            try (var rows = statement.executeQuery()) {
                var found = new ArrayList<Candidate>();
                while (rows.next()) found.add(new Candidate(rows.getLong(1), rows.getString(2)));
                return found;
            }
        }
    }

    private Snapshot read(Connection connection, Candidate candidate)
            throws SQLException, IOException {
        var digest = sha256();
        try (var parts = new PartsReading(connection, candidate.sequence);
                var checked = new DigestInputStream(new BufferedInputStream(parts), digest)) {
            var snapshot = codec.read(checked);
            checked.transferTo(OutputStream.nullOutputStream());
            if (!HexFormat.of().formatHex(digest.digest()).equals(candidate.sha256))
                throw new JournalFault.Unreadable("a snapshot is damaged: its digest differs");
            if (snapshot.sequence() != candidate.sequence)
                throw new JournalFault.Unreadable("a snapshot is another than its row says");
            return snapshot;
        }
    }

    private static boolean exists(Connection connection, long sequence) throws SQLException {
        try (var statement = connection.prepareStatement(EXISTS)) {
            statement.setLong(1, sequence);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private void insert(Connection connection, Snapshot snapshot) throws SQLException, IOException {
        var digest = sha256();
        long size;
        try (var parts = new PartsWriting(connection, snapshot.sequence());
                var out = new DigestOutputStream(parts, digest)) {
            codec.write(snapshot, out);
            out.flush();
            size = parts.size();
        }
        try (var statement = connection.prepareStatement(INSERT)) {
            statement.setLong(1, snapshot.sequence());
            statement.setObject(2, snapshot.at().atOffset(ZoneOffset.UTC));
            statement.setString(3, build.version());
            statement.setLong(4, size);
            statement.setBytes(5, digest.digest());
            statement.executeUpdate();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new LinkageError("each Java platform has SHA-256", missing);
        }
    }
}
