package io.meseta.auth.sessions.persistence;

import io.meseta.auth.sessions.GivenToken;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/// The id of an access token as the table has it.
@Entity
@Table(name = "session_tokens")
class GivenTokenRow {

    @Id
    @Column(name = "access_id")
    private String accessId = "";

    private String session = "";

    @Column(name = "ends_at")
    private Instant endsAt = Instant.EPOCH;

    protected GivenTokenRow() {}

    static GivenTokenRow of(GivenToken token) {
        var row = new GivenTokenRow();
        row.accessId = token.id();
        row.session = token.session();
        row.endsAt = token.endsAt();
        return row;
    }

    GivenToken toToken() {
        return new GivenToken(accessId, session, endsAt);
    }
}
