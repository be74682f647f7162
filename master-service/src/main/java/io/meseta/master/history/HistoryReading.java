package io.meseta.master.history;

import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.task.Task;
import io.meseta.master.journal.codec.HistoryCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;

/// Reads the history's tables, a limited number of rows at a time.
final class HistoryReading {

    private static final Duration STATEMENT_MAX = Duration.ofSeconds(5);

    private static final String TASKS =
            """
            SELECT h.launched_at, h.framework, h.task, h.launch_order, h.ended_at, h.content,
                (SELECT f.content FROM framework_history f WHERE f.framework = h.framework
                    ORDER BY f.registered_at DESC LIMIT 1)
            FROM task_history h WHERE h.ended_sequence <= ?
            """;

    private static final String FRAMEWORKS =
            """
            SELECT h.registered_at, h.framework, h.ended_at, h.content FROM framework_history h
            WHERE h.ended_sequence <= ?
            """;

    private final Supplier<? extends DataSource> pool;

    /// @param owner its framework, if that has ended too
    record PastTask(Place place, Task task, Instant endedAt, Optional<Framework> owner) {}

    record PastFramework(Place place, Framework framework, Instant endedAt) {}

    HistoryReading(Supplier<? extends DataSource> pool) {
        this.pool = pool;
    }

    /// @param sequenceMax what ended later is left out
    /// @param rowsMax how many at most
    List<PastTask> tasks(Asked asked, long sequenceMax, int rowsMax) {
        var query = new Query(TASKS, sequenceMax);
        var filter = asked.filter();
        filter.framework().ifPresent(each -> query.and("h.framework = ?", each));
        filter.role().ifPresent(each -> query.and("h.role = ?", each));
        filter.agent().ifPresent(each -> query.and("h.agent = ?", each));
        filter.state().ifPresent(each -> query.and("h.state = ?", each));
        filter.name().ifPresent(each -> query.and("h.name = ?", each));
        query.and(asked.span(), "h.launched_at");
        var sign = asked.isNewestFirst() ? "<" : ">";
        asked.after()
                .ifPresent(place ->
                        query.and(
                                "(h.launched_at, h.framework, h.task, h.launch_order) "
                                        + sign
                                        + " (?, ?, ?, ?)",
                                HistoryWriting.time(place.at()),
                                place.framework(),
                                place.task(),
                                place.order()));
        query.end(asked, "launched_at, framework, task, launch_order", rowsMax);
        return read(query, HistoryReading::task);
    }

    /// What was launched under that name, the newest first.
    List<PastTask> tasks(String framework, String task, long sequenceMax, int rowsMax) {
        var query = new Query(TASKS, sequenceMax);
        query.and("h.framework = ? AND h.task = ?", framework, task);
        query.sql
                .append(" ORDER BY h.launched_at DESC, h.launch_order DESC LIMIT ")
                .append(rowsMax);
        return read(query, HistoryReading::task);
    }

    List<PastFramework> frameworks(Asked asked, long sequenceMax, int rowsMax) {
        var query = new Query(FRAMEWORKS, sequenceMax);
        var filter = asked.filter();
        filter.framework().ifPresent(each -> query.and("h.framework = ?", each));
        filter.role().ifPresent(each -> query.and("h.roles @> ARRAY[?]::text[]", each));
        filter.name().ifPresent(each -> query.and("h.name = ?", each));
        query.and(asked.span(), "h.registered_at");
        var sign = asked.isNewestFirst() ? "<" : ">";
        asked.after()
                .ifPresent(place ->
                        query.and(
                                "(h.registered_at, h.framework) " + sign + " (?, ?)",
                                HistoryWriting.time(place.at()),
                                place.framework()));
        query.end(asked, "registered_at, framework", rowsMax);
        return read(query, HistoryReading::framework);
    }

    private static PastTask task(ResultSet row) throws SQLException {
        var place = new Place(time(row, 1), row.getString(2), row.getString(3), row.getLong(4));
        var owner = row.getBytes(7);
        return new PastTask(
                place,
                HistoryCodec.toTask(row.getBytes(6)),
                time(row, 5),
                owner == null ? Optional.empty() : Optional.of(HistoryCodec.toFramework(owner)));
    }

    private static PastFramework framework(ResultSet row) throws SQLException {
        return new PastFramework(
                new Place(time(row, 1), row.getString(2), "", 0),
                HistoryCodec.toFramework(row.getBytes(4)),
                time(row, 3));
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private interface Mapping<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> List<T> read(Query query, Mapping<T> mapping) {
        try (var connection = pool.get().getConnection();
                var statement = query.prepared(connection);
                var rows = statement.executeQuery()) {
            var all = new ArrayList<T>();
            while (rows.next()) all.add(mapping.of(rows));
            return all;
        } catch (SQLException failure) {
            throw new HistoryFault("the history can't be read", failure);
        }
    }

    /// A statement in the making: whatever was said by a reader is a parameter of it.
    private static final class Query {

        private final StringBuilder sql;
        private final List<Object> parameters = new ArrayList<>();

        Query(String beginning, long sequenceMax) {
            sql = new StringBuilder(beginning);
            parameters.add(sequenceMax);
        }

        void and(String condition, Object... values) {
            sql.append(" AND ").append(condition);
            parameters.addAll(List.of(values));
        }

        void and(Asked.Span span, String begun) {
            span.from().ifPresent(from -> and("h.ended_at >= ?", HistoryWriting.time(from)));
            span.until().ifPresent(end -> and(begun + " < ?", HistoryWriting.time(end)));
        }

        void end(Asked asked, String columns, int rowsMax) {
            var way = asked.isNewestFirst() ? " DESC" : "";
            sql.append(" ORDER BY h.")
                    .append(columns.replace(", ", way + ", h."))
                    .append(way)
                    .append(" LIMIT ")
                    .append(rowsMax);
        }

        PreparedStatement prepared(Connection connection) throws SQLException {
            var statement = connection.prepareStatement(sql.toString());
            statement.setQueryTimeout((int) STATEMENT_MAX.toSeconds());
            for (int i = 0; i < parameters.size(); i++)
                statement.setObject(i + 1, parameters.get(i));
            return statement;
        }
    }
}
