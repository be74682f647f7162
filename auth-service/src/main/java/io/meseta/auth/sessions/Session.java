package io.meseta.auth.sessions;

import io.meseta.auth.changes.Audited;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// From a user's signing in until its end.
///
/// @param begun a session is over if its user's tokens of that time are void
/// @param ended if somebody ended it before it expired
public record Session(
        String id, String user, Instant begun, Instant expiresAt, @Nullable Instant ended)
        implements Audited {

    public static final int PER_USER_MAX = 50;

    boolean isOpen(Instant now) {
        return ended == null && now.isBefore(expiresAt);
    }

    Session end(Instant now) {
        return new Session(id, user, begun, expiresAt, now);
    }

    @Override
    public String resource() {
        return "sessions/" + id;
    }

    @Override
    public SortedMap<String, Object> facts() {
        return new TreeMap<>(Map.of("user", user, "expires_at", expiresAt.toString()));
    }
}
