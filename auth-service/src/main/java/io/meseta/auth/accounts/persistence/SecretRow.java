package io.meseta.auth.accounts.persistence;

import io.meseta.auth.accounts.Secret;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/// A secret's hash as the table has it.
@Entity
@Table(name = "secrets")
class SecretRow {

    @Id private String id = "";
    private String account = "";
    private String hash = "";

    @Column(name = "created_at")
    private Instant createdAt = Instant.EPOCH;

    protected SecretRow() {}

    static SecretRow of(String account, Secret secret) {
        var row = new SecretRow();
        row.id = secret.id();
        row.account = account;
        row.hash = secret.hash();
        row.createdAt = secret.createdAt();
        return row;
    }

    String id() {
        return id;
    }

    String account() {
        return account;
    }

    Secret toSecret() {
        return new Secret(id, hash, createdAt);
    }
}
