package io.meseta.auth.agents.persistence;

import io.meseta.auth.agents.Agent;
import io.meseta.model.Opaque;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An agent as the table has it.
@Entity
@Table(name = "agents")
class AgentRow {

    @Id private String id = "";
    private String hostname = "";

    @Column(name = "public_key")
    private byte[] publicKey = {};

    @Column(name = "join_token")
    private String joinToken = "";

    @Column(name = "joined_at")
    private Instant joinedAt = Instant.EPOCH;

    @Column(name = "revoked_at")
    private @Nullable Instant revokedAt;

    private long version;

    protected AgentRow() {}

    static AgentRow of(Agent agent) {
        var row = new AgentRow();
        row.id = agent.id();
        row.hostname = agent.hostname();
        row.publicKey = agent.publicKey().asBytes();
        row.joinToken = agent.joinToken();
        row.joinedAt = agent.joinedAt();
        row.revokedAt = agent.revoked();
        row.version = agent.version();
        return row;
    }

    Agent toAgent() {
        return new Agent(
                id, hostname, Opaque.of(publicKey), joinToken, joinedAt, revokedAt, version);
    }
}
