package io.meseta.master.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// Whether the database waits for its disk before it says that something is committed. Without that
/// the journal's promise is void, so a master does not lead on such a database.
public final class Durability {

    private static final List<String> SETTINGS = List.of("fsync", "synchronous_commit");

    private Durability() {}

    /// Asks the server what holds for this connection.
    ///
    /// @throws UnsafeDatabase if it does not wait
    public static void check(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var setting : SETTINGS) {
                try (var rows = statement.executeQuery("SHOW " + setting)) {
                    if (rows.next() && "off".equals(rows.getString(1)))
                        throw new UnsafeDatabase(setting);
                }
            }
        }
    }

    /// The database may forget what it has confirmed.
    public static final class UnsafeDatabase extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnsafeDatabase(String setting) {
            super(
                    "PostgreSQL runs with "
                            + setting
                            + " = off and would lose what it has confirmed: set "
                            + setting
                            + " = on in postgresql.conf, for this database and for its user");
        }
    }
}
