package io.meseta.auth.wiring;

import io.meseta.platform.start.StartRefused;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Waits for the database, and brings its tables up to date.
///
/// Several processes may start at once: Flyway lets one of them migrate and the others wait.
final class DatabaseStart {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseStart.class);

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int VALID_MAX_SECONDS = 5;

    private final DataSource pool;
    private final String where;
    private final Duration waitMax;

    /// @param url may hold a password after its question mark, which is shown to nobody
    DatabaseStart(DataSource pool, @Nullable String url, Duration waitMax) {
        if (url == null) {
            throw new StartRefused("No database is set: give one with --spring.datasource.url.");
        }
        this.pool = pool;
        this.where = url.replaceFirst("\\?.*", "");
        this.waitMax = waitMax;
    }

    void migrate(Flyway flyway) {
        waitFor();
        try {
            flyway.migrate();
        } catch (FlywayException failure) {
            var refused =
                    new StartRefused(
                            "The tables in %s can't be brought up to date: %s"
                                    .formatted(where, firstLine(failure)));
            refused.initCause(failure);
            throw refused;
        }
    }

    private void waitFor() {
        long start = System.nanoTime();
        boolean isTold = false;
        while (true) {
            try (var connection = pool.getConnection()) {
                if (connection.isValid(VALID_MAX_SECONDS)) return;
            } catch (SQLException away) {
                if (System.nanoTime() - start >= waitMax.toNanos()) throw refused(away);
                if (!isTold)
                    LOG.atWarn()
                            .addKeyValue("database", where)
                            .addKeyValue("reason", firstLine(away))
                            .log("The database can't be reached yet; waiting for it");
                isTold = true;
            }
            pause();
        }
    }

    private StartRefused refused(SQLException away) {
        var cause = away.getCause() == null ? away : away.getCause();
        return new StartRefused(
                "The database at %s can't be reached (%s): start it, or set another with"
                                .formatted(where, firstLine(cause))
                        + " --spring.datasource.url.");
    }

    private static void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StartRefused("The start was interrupted.");
        }
    }

    private static String firstLine(Throwable failure) {
        var message = String.valueOf(failure.getMessage());
        return message.lines().findFirst().orElse(message);
    }
}
