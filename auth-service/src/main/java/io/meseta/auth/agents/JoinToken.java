package io.meseta.auth.agents;

import io.meseta.auth.changes.Audited;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/// Lets machines join, a number of times and until a time.
///
/// @param hash SHA-256 in hex; the token itself is kept nowhere
public record JoinToken(
        String id,
        String hash,
        String description,
        int usesLeft,
        Instant expiresAt,
        Instant createdAt)
        implements Audited {

    public static final int USES_MAX = 1_000_000;
    public static final int MAX = 1_000;

    boolean isGood(Instant now) {
        return usesLeft > 0 && now.isBefore(expiresAt);
    }

    @Override
    public String resource() {
        return "join-tokens/" + id;
    }

    @Override
    public SortedMap<String, Object> facts() {
        var facts = new TreeMap<String, Object>();
        facts.put("description", description);
        facts.put("uses_left", usesLeft);
        facts.put("expires_at", expiresAt.toString());
        return facts;
    }

    /// Hides the hash: texts end up in logs.
    @Override
    public String toString() {
        return "JoinToken[id=%s, usesLeft=%d, expiresAt=%s]".formatted(id, usesLeft, expiresAt);
    }
}
