package io.meseta.master.journal;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection that its owner keeps for itself, opened when first needed and again after each
/// trouble, so that nobody else's use of a pool can delay it. Not safe for several threads.
public final class OwnConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OwnConnection.class);

    private final Connector connector;
    private final Check check;
    private @Nullable Connection open;

    /// What each new connection must pass.
    @FunctionalInterface
    public interface Check {
        void pass(Connection connection) throws SQLException;
    }

    public OwnConnection(Connector connector, Check check) {
        this.connector = connector;
        this.check = check;
    }

    /// The open connection, or a new one. Nothing has been sent on it that could be lost.
    public Connection get() throws SQLException {
        var known = open;
        if (known != null && !known.isClosed()) return known;
        var fresh = connector.connect();
        try {
            check.pass(fresh);
        } catch (SQLException | RuntimeException failure) {
            fresh.close();
            throw failure;
        }
        open = fresh;
        return fresh;
    }

    /// Gives the connection up; the next use opens another.
    public void discard() {
        var known = open;
        open = null;
        if (known == null) return;
        try {
            known.close();
        } catch (SQLException failure) {
            LOG.debug("A connection could not be closed", failure);
        }
    }

    @Override
    public void close() {
        discard();
    }
}
