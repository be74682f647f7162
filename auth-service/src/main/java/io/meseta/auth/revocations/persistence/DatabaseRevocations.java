package io.meseta.auth.revocations.persistence;

import io.meseta.auth.revocations.Revocations;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Revocations in the database. Plain SQL: each is a key with a time, and the later time wins.
final class DatabaseRevocations implements Revocations {

    private final JdbcClient jdbc;

    DatabaseRevocations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void voidToken(String id, Instant until) {
        jdbc.sql(
                        "INSERT INTO revoked_tokens (id, good_until) VALUES (:id, :until)"
                                + " ON CONFLICT (id) DO UPDATE SET good_until ="
                                + " greatest(revoked_tokens.good_until, excluded.good_until)")
                .param("id", id)
                .param("until", Timestamp.from(until))
                .update();
    }

    @Override
    public void voidBefore(String principal, Instant at) {
        jdbc.sql(
                        "INSERT INTO revoked_principals (principal, not_before)"
                                + " VALUES (:principal, :at)"
                                + " ON CONFLICT (principal) DO UPDATE SET not_before ="
                                + " greatest(revoked_principals.not_before, excluded.not_before)")
                .param("principal", principal)
                .param("at", Timestamp.from(at))
                .update();
    }

    @Override
    public Optional<Instant> notBefore(String principal) {
        return jdbc.sql("SELECT not_before FROM revoked_principals WHERE principal = :principal")
                .param("principal", principal)
                .query((row, _) -> row.getTimestamp(1).toInstant())
                .optional();
    }

    @Override
    public SortedMap<String, Instant> tokens() {
        return map("SELECT id, good_until FROM revoked_tokens");
    }

    @Override
    public SortedMap<String, Instant> notBefore() {
        return map("SELECT principal, not_before FROM revoked_principals");
    }

    private SortedMap<String, Instant> map(String sql) {
        var map = new TreeMap<String, Instant>();
        jdbc.sql(sql)
                .query(row -> {
                    map.put(row.getString(1), row.getTimestamp(2).toInstant());
                });
        return map;
    }

    @Override
    public long countTokens() {
        return jdbc.sql("SELECT count(*) FROM revoked_tokens")
                .query((row, _) -> row.getLong(1))
                .single();
    }

    @Override
    public boolean forget(Instant tokensUntil, Instant principalsBefore) {
        int gone =
                jdbc.sql("DELETE FROM revoked_tokens WHERE good_until < :until")
                        .param("until", Timestamp.from(tokensUntil))
                        .update();
        gone +=
                jdbc.sql("DELETE FROM revoked_principals WHERE not_before < :before")
                        .param("before", Timestamp.from(principalsBefore))
                        .update();
        return gone > 0;
    }
}
