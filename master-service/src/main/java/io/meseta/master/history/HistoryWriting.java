package io.meseta.master.history;

import io.meseta.master.history.Endings.EndedFramework;
import io.meseta.master.history.Endings.EndedTask;
import io.meseta.master.journal.codec.HistoryCodec;
import io.meseta.model.Role;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import javax.sql.DataSource;

/// Writes what has ended, together with how far the journal has been taken in: so whoever writes,
/// and however often, each ending is there once.
final class HistoryWriting {

    private static final Duration STATEMENT_MAX = Duration.ofSeconds(20);

    /// How many rows one statement lets go of: no transaction lasts for long.
    private static final int SWEPT = 5_000;

    private static final String POSITION = "SELECT sequence FROM history_position";

    private static final String LOCKED = POSITION + " FOR UPDATE";

    private static final String MOVE = "UPDATE history_position SET sequence = ?";

    private static final String TASK =
            """
            INSERT INTO task_history (launched_at, framework, task, launch_order, agent, role, name,
                state, ended_at, ended_sequence, content)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (launched_at, framework, task, launch_order) DO UPDATE SET
                state = excluded.state, ended_at = excluded.ended_at,
                ended_sequence = excluded.ended_sequence, content = excluded.content
            """;

    private static final String FRAMEWORK =
            """
            INSERT INTO framework_history (registered_at, framework, name, principal, roles,
                ended_at, ended_sequence, content)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (registered_at, framework) DO UPDATE SET
                ended_at = excluded.ended_at, ended_sequence = excluded.ended_sequence,
                content = excluded.content
            """;

    private static final List<String> TABLES = List.of("task_history", "framework_history");

    private final Supplier<? extends DataSource> pool;

    HistoryWriting(Supplier<? extends DataSource> pool) {
        this.pool = pool;
    }

    /// The newest entry that has been taken in.
    long position() {
        return transaction(connection -> position(connection, POSITION));
    }

    /// Takes in what ended with the entries from the one number to the other.
    ///
    /// @param endings of entries after `after` and not after `until`, at least
    /// @return the position afterwards; empty if it was before `after`, and nothing is written
    OptionalLong write(long after, long until, List<Endings> endings) {
        return transaction(connection -> {
            long position = position(connection, LOCKED);
            if (position < after) return OptionalLong.empty();
            if (position >= until) return OptionalLong.of(position);
            for (var each : endings) {
                tasks(connection, each.tasks(), position);
                frameworks(connection, each.frameworks(), position);
            }
            move(connection, until);
            return OptionalLong.of(until);
        });
    }

    /// Takes in what a saved state remembers of what ended before it, where nothing earlier can be
    /// read any more; does nothing if somebody is that far already.
    void writeRemembered(long sequence, Endings remembered) {
        var _ =
                transaction(connection -> {
                    if (position(connection, LOCKED) < sequence) {
                        tasks(connection, remembered.tasks(), -1);
                        frameworks(connection, remembered.frameworks(), -1);
                        move(connection, sequence);
                    }
                    return true;
                });
    }

    /// Forgets what ended after that entry, to take it in again.
    ///
    /// The position goes first: whoever is stopped in between has rows left, which are overwritten.
    ///
    /// @param since when that entry was written; before everything if it is not known
    void rewind(long sequence, Instant since) {
        var _ =
                transaction(connection -> {
                    if (position(connection, LOCKED) > sequence) move(connection, sequence);
                    return true;
                });
        for (var table : TABLES)
            deleteAll(table, "ended_at >= '" + since + "' AND ended_sequence > " + sequence);
    }

    /// Lets go of what ended before that time.
    ///
    /// @return how many rows are gone
    long sweep(Instant before) {
        long all = 0;
        for (var table : TABLES) all += deleteAll(table, "ended_at < '" + before + "'");
        return all;
    }

    private long deleteAll(String table, String which) {
        var sql =
                """
                DELETE FROM %1$s WHERE ctid = ANY (ARRAY(
                    SELECT ctid FROM %1$s WHERE %2$s LIMIT %3$d))
                """
                        .formatted(table, which, SWEPT);
        long all = 0;
        int some;
        do {
            some = transaction(connection -> delete(connection, sql));
            all += some;
            // Ends: each turn but the last takes as much as it may.
        } while (some == SWEPT);
        return all;
    }

    private static int delete(Connection connection, String sql) throws SQLException {
        try (var statement = prepared(connection, sql)) {
            return statement.executeUpdate();
        }
    }

    private static void move(Connection connection, long sequence) throws SQLException {
        try (var statement = prepared(connection, MOVE)) {
            statement.setLong(1, sequence);
            statement.executeUpdate();
        }
    }

    private static long position(Connection connection, String sql) throws SQLException {
        try (var statement = prepared(connection, sql);
                var rows = statement.executeQuery()) {
            if (!rows.next()) throw new SQLException("the history has no position");
            return rows.getLong(1);
        }
    }

    private static void tasks(Connection connection, List<EndedTask> tasks, long position)
            throws SQLException {
        if (tasks.isEmpty()) return;
        try (var statement = prepared(connection, TASK)) {
            for (var ended : tasks) {
                if (ended.sequence() <= position) continue;
                var task = ended.task();
                statement.setObject(1, time(task.placement().at()));
                statement.setString(2, task.key().framework().value());
                statement.setString(3, task.key().task().value());
                statement.setLong(4, task.placement().order());
                statement.setString(5, task.agent().value());
                statement.setString(6, task.spec().role().name());
                statement.setString(7, text(task.spec().name()));
                statement.setString(8, task.state().name());
                statement.setObject(9, time(ended.at()));
                statement.setLong(10, ended.sequence());
                statement.setBytes(11, HistoryCodec.encode(Discretion.of(task)));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void frameworks(
            Connection connection, List<EndedFramework> frameworks, long position)
            throws SQLException {
        if (frameworks.isEmpty()) return;
        try (var statement = prepared(connection, FRAMEWORK)) {
            for (var ended : frameworks) {
                if (ended.sequence() <= position) continue;
                var framework = ended.framework();
                var profile = framework.profile();
                var roles = profile.roles().stream().map(Role::name).toArray();
                statement.setObject(1, time(framework.registeredAt()));
                statement.setString(2, framework.id().value());
                statement.setString(3, text(profile.name()));
                statement.setString(
                        4, profile.identity().principal().map(each -> each.name()).orElse(""));
                statement.setArray(5, connection.createArrayOf("text", roles));
                statement.setObject(6, time(ended.at()));
                statement.setLong(7, ended.sequence());
                statement.setBytes(8, HistoryCodec.encode(Discretion.of(framework)));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql)
            throws SQLException {
        var statement = connection.prepareStatement(sql);
        statement.setQueryTimeout((int) STATEMENT_MAX.toSeconds());
        return statement;
    }

    /// PostgreSQL's texts hold no NUL.
    static String text(String any) {
        return any.replace("\0", "");
    }

    /// PostgreSQL counts microseconds; cut off here, so that both sides round alike.
    static OffsetDateTime time(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    private interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    private <T> T transaction(Work<T> work) {
        try (var connection = pool.get().getConnection()) {
            connection.setAutoCommit(false);
            try {
                var result = work.in(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException failure) {
                connection.rollback();
                throw failure;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException failure) {
            throw new HistoryFault("the history can't be written", failure);
        }
    }
}
