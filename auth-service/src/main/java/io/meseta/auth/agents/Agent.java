package io.meseta.auth.agents;

import io.meseta.auth.changes.Audited;
import io.meseta.auth.changes.Names;
import io.meseta.model.Opaque;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A machine's agent. Its private key never left the machine.
///
/// @param publicKey P-256, in X.509's form (SubjectPublicKeyInfo)
/// @param joinToken the id of the token by which it joined
/// @param revoked since when it is one of ours no longer
public record Agent(
        String id,
        String hostname,
        Opaque publicKey,
        String joinToken,
        Instant joinedAt,
        @Nullable Instant revoked,
        long version)
        implements Audited {

    public static final int MAX = 200_000;

    public String principal() {
        return Names.AGENT_PREFIX + id;
    }

    public Optional<Instant> revokedAt() {
        return Optional.ofNullable(revoked);
    }

    public boolean isWelcome() {
        return revoked == null;
    }

    Agent revoke(Instant now) {
        return new Agent(id, hostname, publicKey, joinToken, joinedAt, now, version + 1);
    }

    @Override
    public String resource() {
        return "agents/" + id;
    }

    @Override
    public SortedMap<String, Object> facts() {
        var facts = new TreeMap<String, Object>();
        facts.put("hostname", hostname);
        facts.put("join_token", joinToken);
        facts.put("revoked", !isWelcome());
        facts.put("version", version);
        return facts;
    }
}
