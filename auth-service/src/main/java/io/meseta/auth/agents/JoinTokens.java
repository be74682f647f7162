package io.meseta.auth.agents;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// All join tokens.
public interface JoinTokens {

    Optional<JoinToken> find(String id);

    Optional<JoinToken> findByHash(String hash);

    List<JoinToken> page(String after, int limit);

    long count();

    void save(JoinToken token);

    /// Counts one use down, unless none is left or the token has expired.
    ///
    /// @return whether it was good
    boolean use(String id, Instant now);

    void remove(String id);

    /// Forgets those that expired before `when`.
    void forget(Instant when);
}
