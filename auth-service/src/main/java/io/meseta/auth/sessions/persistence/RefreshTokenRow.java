package io.meseta.auth.sessions.persistence;

import io.meseta.auth.sessions.RefreshToken;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A refresh token's hash as the table has it.
@Entity
@Table(name = "refresh_tokens")
class RefreshTokenRow {

    @Id private String hash = "";
    private String session = "";

    @Column(name = "access_id")
    private String accessId = "";

    @Column(name = "access_ends_at")
    private Instant accessEndsAt = Instant.EPOCH;

    @Column(name = "used_at")
    private @Nullable Instant usedAt;

    protected RefreshTokenRow() {}

    static RefreshTokenRow of(RefreshToken token) {
        var row = new RefreshTokenRow();
        row.hash = token.hash();
        row.session = token.session();
        row.accessId = token.accessId();
        row.accessEndsAt = token.accessEndsAt();
        return row;
    }

    RefreshToken toToken() {
        return new RefreshToken(hash, session, accessId, accessEndsAt, usedAt != null);
    }
}
