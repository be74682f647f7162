package io.meseta.auth.agents.persistence;

import io.meseta.auth.agents.JoinToken;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/// A join token's hash as the table has it.
@Entity
@Table(name = "join_tokens")
class JoinTokenRow {

    @Id private String id = "";
    private String hash = "";
    private String description = "";

    @Column(name = "uses_left")
    private int usesLeft;

    @Column(name = "expires_at")
    private Instant expiresAt = Instant.EPOCH;

    @Column(name = "created_at")
    private Instant createdAt = Instant.EPOCH;

    protected JoinTokenRow() {}

    static JoinTokenRow of(JoinToken token) {
        var row = new JoinTokenRow();
        row.id = token.id();
        row.hash = token.hash();
        row.description = token.description();
        row.usesLeft = token.usesLeft();
        row.expiresAt = token.expiresAt();
        row.createdAt = token.createdAt();
        return row;
    }

    JoinToken toToken() {
        return new JoinToken(id, hash, description, usesLeft, expiresAt, createdAt);
    }
}
