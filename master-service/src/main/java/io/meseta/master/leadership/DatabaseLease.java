package io.meseta.master.leadership;

import io.meseta.master.core.reign.Epoch;
import io.meseta.master.journal.Connector;
import io.meseta.master.journal.OwnConnection;
import io.meseta.master.leadership.Leadership.Address;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/// The lease as one row of PostgreSQL, timed by the database's clock: the clocks of the masters may
/// differ by hours.
///
/// An advisory lock would do worse: it dies with its connection and gives no number to fence by.
public final class DatabaseLease implements Lease, AutoCloseable {

    private static final String OBTAIN =
            """
            UPDATE lease SET
                holder = ?, host = ?, port = ?,
                epoch = greatest(epoch, (SELECT epoch FROM journal_head), ?) + 1,
                until = clock_timestamp() + ? * interval '1 millisecond'
            WHERE holder IS NULL OR holder = ? OR until <= clock_timestamp()
            RETURNING epoch
            """;

    private static final String HELD =
            """
            SELECT host, port, epoch, ceil(extract(epoch FROM until - clock_timestamp()) * 1000)
            FROM lease WHERE holder <> ? AND until > clock_timestamp()
            """;

    private static final String RENEW =
            """
            UPDATE lease SET until = clock_timestamp() + ? * interval '1 millisecond'
            WHERE holder = ? AND epoch = ?
            """;

    private static final String RELEASE =
            "UPDATE lease SET holder = NULL, until = '-infinity' WHERE holder = ? AND epoch = ?";

    private final OwnConnection connection;
    private final Duration length;
    private final UUID self;

    /// Renewals come on another thread than the rest, and share the connection.
    private final ReentrantLock lock = new ReentrantLock();

    @FunctionalInterface
    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /// Connects only when asked to do something.
    ///
    /// @param length how long the lease lasts from each renewal
    /// @param self names this process in the row
    public DatabaseLease(Connector connector, Duration length, UUID self) {
        this.connection = new OwnConnection(connector, _ -> {});
        this.length = length;
        this.self = self;
    }

    @Override
    public Attempt obtain(Address address, Epoch above) {
        return work("the lease can't be asked for", each -> obtain(each, address, above));
    }

    @Override
    public Optional<Attempt.Held> holder() {
        return work("the lease can't be looked at", this::held);
    }

    @Override
    public boolean renew(Epoch epoch) {
        return work("the lease can't be renewed", each -> renew(each, epoch));
    }

    @Override
    public void release(Epoch epoch) {
        work(
                "the lease can't be given back",
                each -> {
                    try (var statement = each.prepareStatement(RELEASE)) {
                        statement.setObject(1, self);
                        statement.setLong(2, epoch.number());
                        return statement.executeUpdate();
                    }
                });
    }

    @Override
    public void close() {
        lock.lock();
        try {
            connection.close();
        } finally {
            lock.unlock();
        }
    }

    /// Looks first: who waits asks many times a second, and a look is all that it mostly takes.
    private Attempt obtain(Connection open, Address address, Epoch above) throws SQLException {
        var other = held(open);
        if (other.isPresent()) return other.get();
        try (var statement = open.prepareStatement(OBTAIN)) {
            statement.setObject(1, self);
            statement.setString(2, address.host());
            statement.setInt(3, address.port());
            statement.setLong(4, above.number());
            statement.setLong(5, length.toMillis());
            statement.setObject(6, self);
            try (var rows = statement.executeQuery()) {
                if (rows.next()) return new Attempt.Obtained(new Epoch(rows.getLong(1)));
            }
        }
        // Another was faster; if it has given it back by now, asking again is worth it at once.
        return held(open).orElse(new Attempt.Held(Optional.empty(), Duration.ZERO));
    }

    private Optional<Attempt.Held> held(Connection open) throws SQLException {
        try (var statement = open.prepareStatement(HELD)) {
            statement.setObject(1, self);
            try (var rows = statement.executeQuery()) {
                if (!rows.next()) return Optional.empty();
                var address = new Address(rows.getString(1), rows.getInt(2));
                var holder = new Holder(address, new Epoch(rows.getLong(3)));
                var remaining = Duration.ofMillis(rows.getLong(4));
                return Optional.of(new Attempt.Held(Optional.of(holder), remaining));
            }
        }
    }

    private boolean renew(Connection open, Epoch epoch) throws SQLException {
        try (var statement = open.prepareStatement(RENEW)) {
            statement.setLong(1, length.toMillis());
            statement.setObject(2, self);
            statement.setLong(3, epoch.number());
            return statement.executeUpdate() == 1;
        }
    }

    private <T> T work(String failed, Work<T> work) {
        lock.lock();
        try {
            return work.on(connection.get());
        } catch (SQLException failure) {
            connection.discard();
            throw new LeaseFault(failed, failure);
        } finally {
            lock.unlock();
        }
    }
}
