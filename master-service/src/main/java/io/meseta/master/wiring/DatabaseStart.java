package io.meseta.master.wiring;

import io.meseta.master.journal.Durability;
import io.meseta.platform.start.StartRefused;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Waits for the database, asks it whether it keeps what it confirms, and brings its tables up to
/// date.
///
/// Several masters may start at once: Flyway lets one of them migrate and the others wait.
final class DatabaseStart {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseStart.class);

    private static final Duration PAUSE = Duration.ofMillis(500);

    /// The class of SQL states that say who may not come in.
    private static final String NOT_AUTHORIZED = "28";

    private static final String NO_DATABASE = "3D000";

    private final DataSource pool;
    private final String where;
    private final Duration waitMax;

    /// @param where the database is, as a person may read it
    DatabaseStart(DataSource pool, String where, Duration waitMax) {
        this.pool = pool;
        this.where = where;
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
                Durability.check(connection);
                return;
            } catch (Durability.UnsafeDatabase unsafe) {
                throw new StartRefused(unsafe.getMessage() + " (" + where + ")");
            } catch (SQLException away) {
                // Waiting gives nobody a password.
                if (isRefusal(away)) throw shutOut(away);
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

    private static boolean isRefusal(SQLException away) {
        var state = root(away).getSQLState();
        return state != null && (state.startsWith(NOT_AUTHORIZED) || state.equals(NO_DATABASE));
    }

    /// What the database has said; the pool wraps it in words of its own.
    private static SQLException root(SQLException away) {
        return away.getCause() instanceof SQLException cause ? cause : away;
    }

    private StartRefused shutOut(SQLException away) {
        return new StartRefused(
                "The database at %s does not let this master in (%s): "
                                .formatted(where, firstLine(root(away)))
                        + "check --spring.datasource.url, username and password.");
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
