package io.meseta.auth.keys.persistence;

import io.meseta.auth.keys.Purpose;
import io.meseta.auth.keys.SigningKey;
import io.meseta.model.Opaque;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/// A key as the table has it.
@Entity
@Table(name = "signing_keys")
class KeyRow {

    @Id private String id = "";
    private String purpose = "";

    @Column(name = "public_key")
    private byte[] publicKey = {};

    @Column(name = "sealed_private")
    private byte[] sealedPrivate = {};

    @Column(name = "created_at")
    private Instant createdAt = Instant.EPOCH;

    @Column(name = "signs_from")
    private Instant signsFrom = Instant.EPOCH;

    protected KeyRow() {}

    static KeyRow of(SigningKey key) {
        var row = new KeyRow();
        row.id = key.id();
        row.purpose = key.purpose().text();
        row.publicKey = key.publicKey().asBytes();
        row.sealedPrivate = key.sealedPrivate().asBytes();
        row.createdAt = key.createdAt();
        row.signsFrom = key.signsFrom();
        return row;
    }

    SigningKey toKey() {
        return new SigningKey(
                id,
                Purpose.of(purpose).orElseThrow(),
                Opaque.of(publicKey),
                Opaque.of(sealedPrivate),
                createdAt,
                signsFrom);
    }
}
