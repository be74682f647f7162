package io.meseta.auth.tokens.persistence;

import io.meseta.auth.tokens.Assertions;
import java.sql.Timestamp;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Used assertions in the database, so that another process refuses them too.
final class DatabaseAssertions implements Assertions {

    private final JdbcClient jdbc;

    DatabaseAssertions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean use(String principal, String id, Instant until) {
        int added =
                jdbc.sql(
                                "INSERT INTO used_assertions (principal, id, good_until)"
                                        + " VALUES (:principal, :id, :until)"
                                        + " ON CONFLICT DO NOTHING")
                        .param("principal", principal)
                        .param("id", id)
                        .param("until", Timestamp.from(until))
                        .update();
        return added == 1;
    }

    @Override
    public void forget(Instant expiredBefore) {
        jdbc.sql("DELETE FROM used_assertions WHERE good_until < :when")
                .param("when", Timestamp.from(expiredBefore))
                .update();
    }
}
