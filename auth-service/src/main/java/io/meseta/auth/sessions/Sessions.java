package io.meseta.auth.sessions;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// All sessions that have not been forgotten.
public interface Sessions {

    Optional<Session> find(String id);

    /// The user's open sessions, the oldest first.
    List<Session> open(String user, Instant now);

    void save(Session session);

    Optional<RefreshToken> findToken(String hash);

    List<RefreshToken> tokens(String session);

    void add(RefreshToken token);

    /// @return whether it is the first use
    boolean use(String hash, Instant now);

    Optional<SessionKey> findKey(String hash);

    void save(SessionKey key);

    /// Access tokens that the session's key was good for and that have not expired.
    List<GivenToken> given(String session, Instant now);

    void add(GivenToken token);

    void forget(Instant expiredBefore);
}
