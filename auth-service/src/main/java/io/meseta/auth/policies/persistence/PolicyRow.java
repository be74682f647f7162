package io.meseta.auth.policies.persistence;

import io.meseta.auth.policies.WrittenPolicy;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/// A policy as the table has it.
@Entity
@Table(name = "policies")
class PolicyRow {

    @Id private String name = "";

    @Column(name = "content")
    private String text = "";

    private long version;

    @Column(name = "changed_at")
    private Instant changedAt = Instant.EPOCH;

    @Column(name = "changed_by")
    private String changedBy = "";

    protected PolicyRow() {}

    static PolicyRow of(WrittenPolicy policy) {
        var row = new PolicyRow();
        row.name = policy.name();
        row.text = policy.text();
        row.version = policy.version();
        row.changedAt = policy.changedAt();
        row.changedBy = policy.changedBy();
        return row;
    }

    WrittenPolicy toPolicy() {
        return new WrittenPolicy(name, text, version, changedAt, changedBy);
    }
}
