package io.meseta.auth.changes.persistence;

import java.sql.Timestamp;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The row that holds the newest bundle's version.
final class BundleState {

    private final JdbcClient jdbc;

    BundleState(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Takes the next version within the current transaction; all processes hear of it when that
    /// commits.
    long advance(Instant now) {
        long version =
                jdbc.sql(
                                "UPDATE bundle_state SET version = version + 1, issued_at = :now"
                                        + " RETURNING version")
                        .param("now", Timestamp.from(now))
                        .query((row, _) -> row.getLong(1))
                        .single();
        jdbc.sql("SELECT pg_notify('meseta_bundle', '')").query((_, _) -> true).list();
        return version;
    }
}
