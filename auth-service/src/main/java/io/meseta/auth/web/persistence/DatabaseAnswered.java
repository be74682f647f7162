package io.meseta.auth.web.persistence;

import io.meseta.auth.web.Answered;
import io.meseta.model.Opaque;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Kept answers in the database.
final class DatabaseAnswered implements Answered {

    private final JdbcClient jdbc;

    DatabaseAnswered(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<Answer> find(String principal, String key) {
        return jdbc.sql(
                        "SELECT request_hash, answer FROM answered"
                                + " WHERE principal = :principal AND key = :key")
                .param("principal", principal)
                .param("key", key)
                .query((row, _) -> new Answer(row.getString(1), Opaque.of(row.getBytes(2))))
                .optional();
    }

    @Override
    public void save(String principal, String key, Answer answer, Instant now) {
        jdbc.sql(
                        "INSERT INTO answered (principal, key, request_hash, answer, created_at)"
                                + " VALUES (:principal, :key, :hash, :answer, :now)")
                .param("principal", principal)
                .param("key", key)
                .param("hash", answer.requestFingerprint())
                .param("answer", answer.answer().asBytes())
                .param("now", Timestamp.from(now))
                .update();
    }

    @Override
    public void forget(Instant olderThan) {
        jdbc.sql("DELETE FROM answered WHERE created_at < :when")
                .param("when", Timestamp.from(olderThan))
                .update();
    }
}
