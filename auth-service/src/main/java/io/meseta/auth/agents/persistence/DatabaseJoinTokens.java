package io.meseta.auth.agents.persistence;

import io.meseta.auth.agents.JoinToken;
import io.meseta.auth.agents.JoinTokens;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;

/// Join tokens in the database.
final class DatabaseJoinTokens implements JoinTokens {

    private final JoinTokenRows rows;

    DatabaseJoinTokens(JoinTokenRows rows) {
        this.rows = rows;
    }

    @Override
    public Optional<JoinToken> find(String id) {
        return rows.findById(id).map(JoinTokenRow::toToken);
    }

    @Override
    public Optional<JoinToken> findByHash(String hash) {
        return rows.findByHash(hash).map(JoinTokenRow::toToken);
    }

    @Override
    public List<JoinToken> page(String after, int limit) {
        return rows.findByIdGreaterThanOrderById(after, Limit.of(limit)).stream()
                .map(JoinTokenRow::toToken)
                .toList();
    }

    @Override
    public long count() {
        return rows.count();
    }

    @Override
    public void save(JoinToken token) {
        rows.saveAndFlush(JoinTokenRow.of(token));
    }

    @Override
    public boolean use(String id, Instant now) {
        return rows.use(id, now) == 1;
    }

    @Override
    public void remove(String id) {
        rows.deleteById(id);
    }

    @Override
    public void forget(Instant when) {
        rows.forget(when);
    }
}
