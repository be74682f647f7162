package io.meseta.auth.bundles.persistence;

import io.meseta.auth.bundles.Publication;
import io.meseta.auth.keys.KeysDesk;
import io.meseta.auth.keys.Purpose;
import io.meseta.authorization.bundle.Bundle;
import io.meseta.authorization.bundle.SignedBundle;
import io.meseta.platform.bundles.CurrentBundle;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// The one thread that makes bundles: as soon as any process has committed a change, and well
/// before the last bundle expires.
///
/// The database tells of changes (LISTEN); should it fail to, the row is looked at every second.
final class BundleWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BundleWatch.class);

    private static final int LOOK_MILLIS = 1_000;
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

    /// A bundle is made anew after a third of its life, so that two attempts may fail.
    private static final int REISSUE_PART = 3;

    private final DataSource pool;
    private final TransactionTemplate snapshot;
    private final JdbcClient jdbc;
    private final BundleReading reading;
    private final KeysDesk keys;
    private final Outlets outlets;
    private final InstantSource time;
    private final Duration lifetime;

    private volatile boolean isStopping;
    private @Nullable Thread thread;
    private boolean isInTrouble;

    /// Where a bundle goes: to those who wait for it, and to this service's own doors.
    record Outlets(Publication publication, CurrentBundle own) {}

    /// The row of the version.
    private record State(long version, Instant issuedAt) {}

    /// @param snapshot makes transactions that see one moment of the database
    BundleWatch(
            DataSource pool,
            TransactionTemplate snapshot,
            JdbcClient jdbc,
            BundleReading reading,
            KeysDesk keys,
            Outlets outlets,
            InstantSource time,
            Duration lifetime) {
        this.pool = pool;
        this.snapshot = snapshot;
        this.jdbc = jdbc;
        this.reading = reading;
        this.keys = keys;
        this.outlets = outlets;
        this.time = time;
        this.lifetime = lifetime;
    }

    /// Publishes the first bundle before it returns.
    void start() {
        look();
        thread = Thread.ofPlatform().name("bundle-watch").daemon().start(this::run);
    }

    private void run() {
        while (!isStopping) {
            try (var connection = pool.getConnection()) {
                listen(connection);
            } catch (SQLException | RuntimeException failure) {
                if (isStopping) return;
                tell(failure);
                pause();
            }
        }
    }

    private void listen(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("LISTEN meseta_bundle");
        }
        var notified = connection.unwrap(PGConnection.class);
        while (!isStopping) {
            look();
            isInTrouble = false;
            notified.getNotifications(LOOK_MILLIS);
        }
    }

    private void look() {
        var state = state();
        if (!time.instant().isBefore(state.issuedAt().plus(lifetime.dividedBy(REISSUE_PART)))) {
            advance(state);
            state = state();
        }
        if (state.version() > outlets.publication().version()) publish();
    }

    private State state() {
        return jdbc.sql("SELECT version, issued_at FROM bundle_state")
                .query((row, _) -> new State(row.getLong(1), row.getTimestamp(2).toInstant()))
                .single();
    }

    /// Of several processes one does it.
    private void advance(State seen) {
        int updated =
                jdbc.sql(
                                "UPDATE bundle_state SET version = version + 1, issued_at = :now"
                                        + " WHERE version = :seen")
                        .param("now", Timestamp.from(time.instant()))
                        .param("seen", seen.version())
                        .update();
        if (updated > 0) {
            jdbc.sql("SELECT pg_notify('meseta_bundle', '')").query((_, _) -> true).list();
        }
    }

    private void publish() {
        var bundle = bundle();
        if (bundle.isEmpty()) return;
        var key = keys.signing(Purpose.BUNDLE, bundle.get().issued());
        var signed = SignedBundle.sign(bundle.get(), key.id(), keys.open(key));
        outlets.own().use(bundle.get());
        outlets.publication().publish(new Publication.Issue(bundle.get().version(), signed));
        LOG.atDebug().addKeyValue("version", bundle.get().version()).log("A bundle is out");
    }

    private Optional<Bundle> bundle() {
        return Optional.ofNullable(
                snapshot.execute(_ -> {
                    var state = state();
                    // Whole seconds, as the bundle has it, so that all agree which keys are over.
                    var issued = Instant.ofEpochSecond(state.issuedAt().getEpochSecond());
                    return reading.read(issued).at(state.version(), issued, lifetime);
                }));
    }

    /// Once for each trouble: the same line every second is not read.
    private void tell(Exception failure) {
        if (!isInTrouble) {
            LOG.atError()
                    .setCause(failure)
                    .log("No bundle can be made for the time being; the last one goes on");
        }
        isInTrouble = true;
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        isStopping = true;
        var running = thread;
        if (running == null) return;
        try {
            if (!running.join(CLOSE_MAX)) LOG.atWarn().log("The bundle watch is slow to stop");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
