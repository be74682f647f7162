package io.meseta.platform.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DatabaseStartTest {

    private static final String WHERE = "jdbc:postgresql://db/meseta";

    private final List<String> steps = new ArrayList<>();

    @Test
    void doesNotWaitForADatabaseThatTurnsUsAway() {
        var start = start(new SQLException("wrapped", new SQLException("no entry", "28P01")));

        assertThatThrownBy(() -> start.migrate(_ -> {}, () -> steps.add("migrated")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("does not let this service in (no entry)")
                .hasMessageContaining(WHERE);
        assertThat(steps).containsExactly("asked");
    }

    @Test
    void givesUpOnADatabaseThatStaysAway() {
        var start = start(new SQLException("refused", "08001"));

        assertThatThrownBy(() -> start.migrate(_ -> {}, () -> steps.add("migrated")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("can't be reached (refused)");
        // Once more than it would be without waiting.
        assertThat(steps).hasSizeGreaterThan(1).doesNotContain("migrated");
    }

    @Test
    void showsNoPasswordOfAnAddress() {
        assertThat(DatabaseStart.shown(WHERE + "?password=hunter2")).isEqualTo(WHERE);
        assertThatThrownBy(() -> DatabaseStart.shown(null))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("--spring.datasource.url");
    }

    private DatabaseStart start(SQLException failure) {
        return new DatabaseStart(new Closed(failure), WHERE, Duration.ofMillis(100));
    }

    /// Lets nobody in.
    private final class Closed implements DataSource {

        private final SQLException failure;

        private Closed(SQLException failure) {
            this.failure = failure;
        }

        @Override
        public Connection getConnection() throws SQLException {
            steps.add("asked");
            throw failure;
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
        }

        @Override
        public @Nullable PrintWriter getLogWriter() {
            return null;
        }

        @Override
        public void setLogWriter(PrintWriter out) {}

        @Override
        public void setLoginTimeout(int seconds) {}

        @Override
        public int getLoginTimeout() {
            return 0;
        }

        @Override
        public Logger getParentLogger() throws SQLFeatureNotSupportedException {
            throw new SQLFeatureNotSupportedException();
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            throw new SQLFeatureNotSupportedException();
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return false;
        }
    }
}
