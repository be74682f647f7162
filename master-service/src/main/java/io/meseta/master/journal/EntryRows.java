package io.meseta.master.journal;

import io.meseta.master.core.reign.Epoch;
import io.meseta.master.engine.Entry;
import io.meseta.master.engine.JournalFault;
import io.meseta.master.journal.codec.EntryCodec;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;

/// The journal's entries, to be read.
///
/// Page by page, each a statement of its own: a transaction that lasted as long as the reading of a
/// whole journal would keep the dead versions of the head's row, and slow each append down.
final class EntryRows {

    private static final Duration STATEMENT_MAX = Duration.ofSeconds(30);

    /// What a page should be about as large as. The first one is small, since nobody knows how
    /// large entries are.
    private static final long PAGE_BYTES = 4L << 20;

    private static final int PAGE_FIRST = 64;
    private static final int PAGE_MIN = 4;
    private static final int PAGE_MAX = 4_096;

    private static final String READ =
            """
            SELECT sequence, epoch, events FROM journal
            WHERE sequence >= ? AND sequence <= ? ORDER BY sequence LIMIT ?
            """;

    private static final String ENDS =
            """
            SELECT coalesce((SELECT sequence FROM journal ORDER BY sequence LIMIT 1), 0),
                coalesce((SELECT sequence FROM journal ORDER BY sequence DESC LIMIT 1), 0)
            """;

    private static final String AT = "SELECT at FROM journal WHERE sequence = ?";

    private final DataSource pool;
    private final EntryCodec codec;

    /// The oldest and the newest entry that is there; both 0 if there is none.
    record Ends(long oldest, long newest) {}

    EntryRows(DataSource pool, EntryCodec codec) {
        this.pool = pool;
        this.codec = codec;
    }

    /// Hands over the entries from the one number to the other, both included.
    void read(long from, long until, Consumer<Entry> reader) {
        try (var connection = connection()) {
            var page = new Page(from, PAGE_FIRST);
            // Ends: each turn begins after what the one before has read.
            while (page.next <= until && page.isFull) page = read(connection, page, until, reader);
        } catch (SQLException failure) {
            throw new JournalFault.Unavailable("the journal can't be read", failure);
        }
    }

    /// @param next the first entry of the page to come
    /// @param rows how many may be in it
    /// @param isFull whether the page before was full, so that there may be one to come
    private record Page(long next, int rows, boolean isFull) {

        Page(long next, int rows) {
            this(next, rows, true);
        }
    }

    private Page read(Connection connection, Page page, long until, Consumer<Entry> reader)
            throws SQLException {
        long bytes = 0;
        int count = 0;
        long next = page.next;
        try (var statement = connection.prepareStatement(READ)) {
            statement.setQueryTimeout(DatabaseJournal.seconds(STATEMENT_MAX));
            statement.setLong(1, page.next);
            statement.setLong(2, until);
            statement.setInt(3, page.rows);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var events = rows.getBytes(3);
                    next = rows.getLong(1) + 1;
                    bytes += events.length;
                    count++;
                    reader.accept(codec.decode(next - 1, new Epoch(rows.getLong(2)), events));
                }
            }
        }
        long fitting = count == 0 ? PAGE_FIRST : PAGE_BYTES * count / Math.max(1, bytes);
        int rows = Math.clamp(Math.min(fitting, 4L * page.rows), PAGE_MIN, PAGE_MAX);
        return new Page(next, rows, count == page.rows);
    }

    Ends ends() {
        try (var connection = connection()) {
            return ends(connection);
        } catch (SQLException failure) {
            throw new JournalFault.Unavailable("the journal's ends can't be read", failure);
        }
    }

    private static Ends ends(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(ENDS)) {
            statement.setQueryTimeout(DatabaseJournal.seconds(STATEMENT_MAX));
            try (var rows = statement.executeQuery()) {
                return rows.next() ? new Ends(rows.getLong(1), rows.getLong(2)) : new Ends(0, 0);
            }
        }
    }

    /// When an entry was written, to the microsecond; empty if it is not there.
    Optional<Instant> at(long sequence) {
        try (var connection = connection()) {
            return at(connection, sequence);
        } catch (SQLException failure) {
            throw new JournalFault.Unavailable("an entry's time can't be read", failure);
        }
    }

    /// The newest entry that is not later than this; 0 if there is none. Times never go back from
    /// entry to entry, so halving finds it in a few looks, however long the journal is.
    long newestAt(Instant time) {
        try (var connection = connection()) {
            var ends = ends(connection);
            long low = ends.oldest - 1;
            long high = ends.newest;
            while (low < high) {
                long middle = low + (high - low + 1) / 2;
                // What has gone meanwhile was older than all that is there.
                boolean isLater = at(connection, middle).filter(at -> at.isAfter(time)).isPresent();
                if (isLater) high = middle - 1;
                else low = middle;
            }
            return low < ends.oldest ? 0 : low;
        } catch (SQLException failure) {
            throw new JournalFault.Unavailable("the journal's times can't be read", failure);
        }
    }

    private static Optional<Instant> at(Connection connection, long sequence) throws SQLException {
        try (var statement = connection.prepareStatement(AT)) {
            statement.setQueryTimeout(DatabaseJournal.seconds(STATEMENT_MAX));
            statement.setLong(1, sequence);
            try (var rows = statement.executeQuery()) {
                return rows.next()
                        ? Optional.of(rows.getObject(1, OffsetDateTime.class).toInstant())
                        : Optional.empty();
            }
        }
    }

    private Connection connection() throws SQLException {
        var connection = pool.getConnection();
        connection.setNetworkTimeout(Runnable::run, (int) STATEMENT_MAX.toMillis());
        return connection;
    }
}
