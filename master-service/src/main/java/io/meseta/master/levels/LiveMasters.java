package io.meseta.master.levels;

import io.meseta.master.core.reign.FeatureLevel;
import io.meseta.master.core.reign.FeatureLevels;
import io.meseta.master.leadership.Leadership.Address;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;

/// The table in which masters say that they are there. All methods may throw a [LevelsFault].
final class LiveMasters {

    /// A master that has been silent for so long is not there. One that only stood still finds what
    /// has happened meanwhile in the journal, and stops where it can't read on.
    static final Duration SILENCE_MAX = Duration.ofSeconds(30);

    private static final Duration STATEMENT_MAX = Duration.ofSeconds(3);

    /// Far more than anybody runs; what is beyond is not shown, and keeps levels from being raised.
    private static final int MASTERS_MAX = 100;

    private static final String SAY =
            """
            INSERT INTO live_master (id, host, port, build, level_oldest, level_newest, seen_at)
            VALUES (?, ?, ?, ?, ?, ?, clock_timestamp())
            ON CONFLICT (id) DO UPDATE SET host = excluded.host, port = excluded.port,
                build = excluded.build, level_oldest = excluded.level_oldest,
                level_newest = excluded.level_newest, seen_at = excluded.seen_at
            """;

    private static final String LEAVE = "DELETE FROM live_master WHERE id = ?";

    /// Long after they were seen, so that nobody who looks at the table is deceived.
    private static final String FORGET =
            "DELETE FROM live_master WHERE seen_at < clock_timestamp() - interval '1 day'";

    private static final String ALL =
            """
            SELECT id, host, port, build, level_oldest, level_newest,
                (extract(epoch FROM clock_timestamp() - seen_at) * 1000)::bigint
            FROM live_master
            WHERE seen_at >= clock_timestamp() - ? * interval '1 millisecond'
            ORDER BY host, port, id LIMIT ?
            """;

    private final Supplier<? extends DataSource> pool;

    /// There is no way to know at the moment.
    static final class LevelsFault extends RuntimeException {

        private static final long serialVersionUID = 1L;

        LevelsFault(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private interface Filling {
        void fill(PreparedStatement statement) throws SQLException;
    }

    LiveMasters(Supplier<? extends DataSource> pool) {
        this.pool = pool;
    }

    /// This one is there.
    void say(LiveMaster self) {
        run(
                SAY,
                statement -> {
                    statement.setObject(1, self.id());
                    statement.setString(2, self.address().host());
                    statement.setInt(3, self.address().port());
                    statement.setString(4, self.build());
                    statement.setInt(5, self.levels().oldest().number());
                    statement.setInt(6, self.levels().newest().number());
                });
    }

    /// This one is there no longer.
    void leave(UUID id) {
        run(LEAVE, statement -> statement.setObject(1, id));
    }

    /// Lets go of those that have been silent for a day.
    void forget() {
        run(FORGET, _ -> {});
    }

    /// All that are there, in the order of their addresses.
    ///
    /// @return empty if there are more than can be shown
    List<LiveMaster> all() {
        try (var connection = pool.get().getConnection();
                var statement = prepared(connection, ALL)) {
            statement.setLong(1, SILENCE_MAX.toMillis());
            statement.setInt(2, MASTERS_MAX + 1);
            try (var rows = statement.executeQuery()) {
                var all = new ArrayList<LiveMaster>();
                while (rows.next())
                    all.add(
                            new LiveMaster(
                                    rows.getObject(1, UUID.class),
                                    new Address(rows.getString(2), rows.getInt(3)),
                                    rows.getString(4),
                                    new FeatureLevels(
                                            new FeatureLevel(rows.getInt(5)),
                                            new FeatureLevel(rows.getInt(6))),
                                    Duration.ofMillis(Math.max(0, rows.getLong(7)))));
                return all.size() > MASTERS_MAX ? List.of() : all;
            }
        } catch (SQLException failure) {
            throw new LevelsFault("which masters there are can't be read", failure);
        }
    }

    private void run(String sql, Filling filling) {
        try (var connection = pool.get().getConnection();
                var statement = prepared(connection, sql)) {
            filling.fill(statement);
            statement.executeUpdate();
        } catch (SQLException failure) {
            throw new LevelsFault("that this master is there can't be said", failure);
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql)
            throws SQLException {
        var statement = connection.prepareStatement(sql);
        statement.setQueryTimeout((int) STATEMENT_MAX.toSeconds());
        return statement;
    }
}
