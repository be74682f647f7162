package io.meseta.platform.start;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Waits for a service's database, looks whether it will do, and brings its tables up to date.
///
/// Several processes of a service may start at once: the migration has to let one of them work and
/// the others wait, as Flyway does. A database that turns us away is not waited for: waiting gives
/// nobody a password.
public final class DatabaseStart {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseStart.class);

    private static final Duration PAUSE = Duration.ofMillis(500);

    /// The class of SQL states that say who may not come in.
    private static final String NOT_AUTHORIZED = "28";

    private static final String NO_DATABASE = "3D000";

    private final DataSource pool;
    private final String where;
    private final Duration waitMax;

    /// What the database must be like.
    @FunctionalInterface
    public interface Check {

        /// @throws SQLException if it cannot be said yet: it is asked again
        /// @throws StartRefused if the database will not do
        void on(Connection connection) throws SQLException;
    }

    /// @param where the database is, as a person may read it
    /// @param waitMax how long a database that is away is waited for
    public DatabaseStart(DataSource pool, String where, Duration waitMax) {
        this.pool = pool;
        this.where = where;
        this.waitMax = waitMax;
    }

    /// An address from the settings, without what may hold a password.
    public static String shown(@Nullable String url) {
        if (url == null) {
            throw new StartRefused("No database is set: give one with --spring.datasource.url.");
        }
        return url.replaceFirst("\\?.*", "");
    }

    /// @param migration brings the tables up to date; whatever it throws stops the start
    public void migrate(Check check, Runnable migration) {
        waitFor(check);
        try {
            migration.run();
        } catch (StartRefused refused) {
            throw refused;
        } catch (RuntimeException failure) {
            var refused =
                    new StartRefused(
                            "The tables in %s can't be brought up to date: %s"
                                    .formatted(where, firstLine(failure)));
            refused.initCause(failure);
            throw refused;
        }
    }

    private void waitFor(Check check) {
        long start = System.nanoTime();
        boolean isTold = false;
        while (true) {
            try (var connection = pool.getConnection()) {
                check.on(connection);
                return;
            } catch (SQLException away) {
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
                "The database at %s does not let this service in (%s): "
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
