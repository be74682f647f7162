package io.meseta.master.journal;

import io.meseta.master.engine.JournalFault;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import javax.sql.DataSource;

/// Lets go of entries that are both old and covered by every snapshot that is kept.
///
/// The newest entry always stays, and so does all that recovery could need.
public final class Retention {

    /// How many entries one statement lets go of: no lock is held for long.
    private static final long BATCH = 5_000;

    private static final Duration STATEMENT_MAX = Duration.ofSeconds(30);

    /// The first entry to stay; none if there is no snapshot.
    private static final String STAYS =
            """
            SELECT least(
                (SELECT min(sequence) FROM snapshot),
                (SELECT sequence FROM journal WHERE at >= ? ORDER BY sequence LIMIT 1)),
                (SELECT min(sequence) FROM journal)
            WHERE EXISTS (SELECT 1 FROM snapshot)
            """;

    private static final String DELETE = "DELETE FROM journal WHERE sequence < ?";

    private final DataSource pool;
    private final Duration kept;
    private final InstantSource clock;

    /// Keeps every entry that is younger than `kept`.
    public Retention(DataSource pool, Duration kept, InstantSource clock) {
        this.pool = pool;
        this.kept = kept;
        this.clock = clock;
    }

    /// Lets go of what may go, some at a time.
    ///
    /// @return how many entries are gone
    public long sweep() {
        try (var connection = pool.getConnection()) {
            return sweep(connection);
        } catch (SQLException failure) {
            throw new JournalFault.Unavailable("old entries can't be let go of", failure);
        }
    }

    private long sweep(Connection connection) throws SQLException {
        long stays;
        long first;
        try (var statement = connection.prepareStatement(STAYS)) {
            statement.setQueryTimeout(DatabaseJournal.seconds(STATEMENT_MAX));
            statement.setObject(1, clock.instant().minus(kept).atOffset(ZoneOffset.UTC));
            try (var rows = statement.executeQuery()) {
                if (!rows.next()) return 0;
                // NULL reads as 0, and then there is nothing to do.
                stays = rows.getLong(1);
                first = rows.getLong(2);
            }
        }
        long gone = 0;
        try (var statement = connection.prepareStatement(DELETE)) {
            statement.setQueryTimeout(DatabaseJournal.seconds(STATEMENT_MAX));
            for (long next = first; next < stays; next += BATCH) {
                statement.setLong(1, Math.min(next + BATCH, stays));
                gone += statement.executeUpdate();
            }
        }
        return gone;
    }
}
