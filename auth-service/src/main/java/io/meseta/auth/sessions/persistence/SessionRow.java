package io.meseta.auth.sessions.persistence;

import io.meseta.auth.sessions.Session;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A session as the table has it.
@Entity
@Table(name = "sessions")
class SessionRow {

    @Id private String id = "";
    private String account = "";

    @Column(name = "created_at")
    private Instant createdAt = Instant.EPOCH;

    @Column(name = "expires_at")
    private Instant expiresAt = Instant.EPOCH;

    @Column(name = "ended_at")
    private @Nullable Instant endedAt;

    protected SessionRow() {}

    static SessionRow of(Session session) {
        var row = new SessionRow();
        row.id = session.id();
        row.account = session.user();
        row.createdAt = session.begun();
        row.expiresAt = session.expiresAt();
        row.endedAt = session.ended();
        return row;
    }

    Session toSession() {
        return new Session(id, account, createdAt, expiresAt, endedAt);
    }
}
