package io.meseta.master.journal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/// The ranges of sequence numbers that the journal's table is cut into: made before they are
/// needed, dropped whole once they are old.
///
/// Neither keeps an append waiting: a range is made as a table of its own and then attached, and
/// taken off before it is dropped.
final class Partitions {

    /// How many entries a range holds: at one an instant a few hours' worth, at one a minute
    /// years'.
    static final long ENTRIES = 1_000_000;

    private static final Duration STATEMENT_MAX = Duration.ofSeconds(20);

    /// Any number will do as long as nobody else uses it.
    private static final String TRY_LOCK = "SELECT pg_try_advisory_lock(7261958304412866)";

    private static final String UNLOCK = "SELECT pg_advisory_unlock(7261958304412866)";

    private static final String LIST =
            """
            SELECT part.relname, pg_get_expr(part.relpartbound, part.oid), link.inhdetachpending,
                pg_total_relation_size(part.oid)
            FROM pg_inherits link JOIN pg_class part ON part.oid = link.inhrelid
            WHERE link.inhparent = 'journal'::regclass
            """;

    /// What a master has left that died while it made a range or dropped one.
    private static final String LEFTOVERS =
            """
            SELECT relname FROM pg_class
            WHERE relname ~ '^journal_([0-9]+|first)$' AND relkind = 'r' AND NOT relispartition
                AND relnamespace =
                    (SELECT relnamespace FROM pg_class WHERE oid = 'journal'::regclass)
            """;

    private static final Pattern BOUNDS =
            Pattern.compile("FROM \\((?:MINVALUE|'(-?\\d+)')\\) TO \\('(\\d+)'\\)");

    private final long entries;

    /// One range: from a sequence number to below another.
    ///
    /// @param from 0 for the first of all
    /// @param isLeaving whether somebody has begun to take it off, and did not come to the end
    record Partition(String name, long from, long until, boolean isLeaving, long bytes) {}

    /// @param entries how many each range that is made here holds
    Partitions(long entries) {
        if (entries < 1) throw new IllegalArgumentException("a range without numbers");
        this.entries = entries;
    }

    /// In their order.
    List<Partition> all(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(LIST)) {
            statement.setQueryTimeout(DatabaseJournal.seconds(STATEMENT_MAX));
            try (var rows = statement.executeQuery()) {
                var all = new ArrayList<Partition>();
                while (rows.next()) all.add(partition(rows));
                all.sort(Comparator.comparingLong(Partition::until));
                return all;
            }
        }
    }

    private static Partition partition(ResultSet row) throws SQLException {
        var bounds = BOUNDS.matcher(row.getString(2));
        if (!bounds.find())
            throw new SQLException("a range that was not made here: " + row.getString(2));
        var from = bounds.group(1);
        return new Partition(
                row.getString(1),
                from == null ? 0 : Long.parseLong(from),
                Long.parseLong(bounds.group(2)),
                row.getBoolean(3),
                row.getLong(4));
    }

    /// Sees to it that there is a range for what comes next, and a whole one after it. Does nothing
    /// while another master is at it.
    ///
    /// @param connection on which each statement is a transaction of its own
    /// @return whether there is room for the entry of that number
    boolean makeAhead(Connection connection, long nextSequence) throws SQLException {
        long end = end(connection);
        if (end >= nextSequence + entries) return true;
        if (!isAlone(connection)) return end > nextSequence;
        try {
            // Another may have been at it just before.
            for (end = end(connection); end < nextSequence + entries; end += entries)
                make(connection, end, end + entries);
            return true;
        } finally {
            leave(connection);
        }
    }

    private long end(Connection connection) throws SQLException {
        var all = all(connection);
        if (all.isEmpty()) throw new SQLException("the journal has no range at all");
        return all.getLast().until;
    }

    /// Attaching takes no lock that an append waits for, and looks at no row: the constraint says
    /// that there is none out of bounds. What an attempt that failed has left is no use.
    private static void make(Connection connection, long from, long until) throws SQLException {
        var name = "journal_" + from;
        run(connection, "DROP TABLE IF EXISTS " + name);
        run(
                connection,
                """
                CREATE TABLE %s (LIKE journal INCLUDING ALL,
                    CONSTRAINT bounds CHECK (sequence >= %d AND sequence < %d))
                """
                        .formatted(name, from, until));
        run(
                connection,
                "ALTER TABLE journal ATTACH PARTITION %s FOR VALUES FROM (%d) TO (%d)"
                        .formatted(name, from, until));
        run(connection, "ALTER TABLE " + name + " DROP CONSTRAINT bounds");
    }

    /// Takes a range off and drops it. Readers who are at it are waited for, but no longer than a
    /// statement may take; what then is half done is finished by the next attempt.
    void drop(Connection connection, Partition partition) throws SQLException {
        run(
                connection,
                "ALTER TABLE journal DETACH PARTITION "
                        + partition.name
                        + (partition.isLeaving ? " FINALIZE" : " CONCURRENTLY"));
        run(connection, "DROP TABLE " + partition.name);
    }

    /// Drops what has been left half done. Only for whoever is alone.
    void dropLeftovers(Connection connection) throws SQLException {
        var names = new ArrayList<String>();
        try (var statement = connection.prepareStatement(LEFTOVERS)) {
            statement.setQueryTimeout(DatabaseJournal.seconds(STATEMENT_MAX));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) names.add(rows.getString(1));
            }
        }
        for (var name : names) run(connection, "DROP TABLE " + name);
    }

    /// Held until it is left, also by the end of the connection.
    boolean isAlone(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(TRY_LOCK);
                var rows = statement.executeQuery()) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    void leave(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(UNLOCK)) {
            statement.execute();
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.setQueryTimeout(DatabaseJournal.seconds(STATEMENT_MAX));
            statement.execute(sql);
        }
    }
}
