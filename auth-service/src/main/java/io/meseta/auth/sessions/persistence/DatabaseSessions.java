package io.meseta.auth.sessions.persistence;

import io.meseta.auth.sessions.RefreshToken;
import io.meseta.auth.sessions.Session;
import io.meseta.auth.sessions.Sessions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Sessions in the database.
final class DatabaseSessions implements Sessions {

    private final SessionRows rows;
    private final RefreshTokenRows tokens;

    DatabaseSessions(SessionRows rows, RefreshTokenRows tokens) {
        this.rows = rows;
        this.tokens = tokens;
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
    public void forget(Instant expiredBefore) {
        rows.forget(expiredBefore);
    }
}
