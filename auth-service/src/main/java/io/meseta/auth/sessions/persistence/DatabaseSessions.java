package io.meseta.auth.sessions.persistence;

import io.meseta.auth.sessions.GivenToken;
import io.meseta.auth.sessions.RefreshToken;
import io.meseta.auth.sessions.Session;
import io.meseta.auth.sessions.SessionKey;
import io.meseta.auth.sessions.Sessions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Sessions in the database.
final class DatabaseSessions implements Sessions {

    private final SessionRows rows;
    private final RefreshTokenRows tokens;
    private final SessionKeyRows keys;
    private final GivenTokenRows given;

    DatabaseSessions(
            SessionRows rows, RefreshTokenRows tokens, SessionKeyRows keys, GivenTokenRows given) {
        this.rows = rows;
        this.tokens = tokens;
        this.keys = keys;
        this.given = given;
    }

    @Override
    public Optional<Session> find(String id) {
        return rows.findById(id).map(SessionRow::toSession);
    }

    @Override
    public List<Session> open(String user, Instant now) {
        return rows.open(user, now).stream().map(SessionRow::toSession).toList();
    }

    @Override
    public void save(Session session) {
        rows.saveAndFlush(SessionRow.of(session));
    }

    @Override
    public Optional<RefreshToken> findToken(String hash) {
        return tokens.findById(hash).map(RefreshTokenRow::toToken);
    }

    @Override
    public List<RefreshToken> tokens(String session) {
        return tokens.findBySession(session).stream().map(RefreshTokenRow::toToken).toList();
    }

    @Override
    public void add(RefreshToken token) {
        tokens.save(RefreshTokenRow.of(token));
    }

    @Override
    public boolean use(String hash, Instant now) {
        return tokens.use(hash, now) == 1;
    }

    @Override
    public Optional<SessionKey> findKey(String hash) {
        return keys.findById(hash).map(SessionKeyRow::toKey);
    }

    @Override
    public void save(SessionKey key) {
        keys.save(SessionKeyRow.of(key));
    }

    @Override
    public List<GivenToken> given(String session, Instant now) {
        return given.findBySessionAndEndsAtAfter(session, now).stream()
                .map(GivenTokenRow::toToken)
                .toList();
    }

    @Override
    public void add(GivenToken token) {
        given.save(GivenTokenRow.of(token));
    }

    @Override
    public void forget(Instant expiredBefore) {
        rows.forget(expiredBefore);
        given.forget(expiredBefore);
    }
}
