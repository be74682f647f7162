package io.meseta.auth.sessions.persistence;

import io.meseta.auth.sessions.SessionKey;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/// A session key's hash as the table has it.
@Entity
@Table(name = "session_keys")
class SessionKeyRow {

    @Id private String hash = "";
    private String session = "";

    @Column(name = "used_at")
    private Instant usedAt = Instant.EPOCH;

    protected SessionKeyRow() {}

    static SessionKeyRow of(SessionKey key) {
        var row = new SessionKeyRow();
        row.hash = key.hash();
        row.session = key.session();
        row.usedAt = key.used();
        return row;
    }

    SessionKey toKey() {
        return new SessionKey(hash, session, usedAt);
    }
}
