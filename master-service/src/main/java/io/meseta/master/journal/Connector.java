package io.meseta.master.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;

/// Opens connections outside any pool, on which no wait is without a limit: not for the server, not
/// for a lock, not for a network that swallows everything.
public final class Connector {

    /// The oldest server that ends a transaction whose client has vanished in its middle.
    private static final int TRANSACTION_TIMEOUT_SINCE = 17;

    private static final long MILLIS_PER_SECOND = 1_000;

    private final PGSimpleDataSource source;
    private final Duration timeout;

    /// Opens nothing yet.
    ///
    /// @param name as which the connections show up in the server's list
    /// @param timeout of each statement; the network may take a second longer
    public Connector(DatabaseAddress address, String name, Duration timeout) {
        if (timeout.toMillis() < 1) throw new IllegalArgumentException("no time at all");
        this.timeout = timeout;
        int seconds = Math.toIntExact(timeout.plusMillis(MILLIS_PER_SECOND - 1).toSeconds());
        source = new PGSimpleDataSource();
        source.setUrl(address.url());
        address.user().ifPresent(source::setUser);
        address.password().ifPresent(source::setPassword);
        source.setApplicationName(name);
        source.setConnectTimeout(seconds);
        source.setLoginTimeout(seconds);
        source.setSocketTimeout(seconds + 1);
        source.setTcpKeepAlive(true);
    }

    /// Opens a connection in which each statement is a transaction of its own.
    Connection connect() throws SQLException {
        var connection = source.getConnection();
        try (var statement = connection.createStatement()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            statement.execute(limits(connection.getMetaData().getDatabaseMajorVersion()));
            return connection;
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
    }

    /// The server gives up before we do, so that we learn from it that nothing was written. The
    /// keep alives free the head's row if this machine dies between two packets of one statement.
    private String limits(int serverVersion) {
        long millis = timeout.toMillis();
        var always =
                """
                SET statement_timeout = %1$d;
                SET lock_timeout = %1$d;
                SET idle_in_transaction_session_timeout = %1$d;
                SET tcp_keepalives_idle = 5;
                SET tcp_keepalives_interval = 2;
                SET tcp_keepalives_count = 3;
                SET tcp_user_timeout = 10000;
                """
                        .formatted(millis);
        return serverVersion < TRANSACTION_TIMEOUT_SINCE
                ? always
                : always + "SET transaction_timeout = " + 2 * millis;
    }
}
