package io.meseta.auth.policies.persistence;

import io.meseta.auth.policies.WrittenPolicy;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;

/// What a policy said at one version, or that it was deleted by it.
@Entity
@Table(name = "policy_versions")
@IdClass(PolicyVersionRow.Key.class)
class PolicyVersionRow {

    /// Which policy, and which version of it.
    record Key(String name, long version) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    @Id private String name = "";
    @Id private long version;

    @Column(name = "content")
    private String text = "";

    @Column(name = "deleted")
    private boolean isDeleted;

    @Column(name = "changed_at")
    private Instant changedAt = Instant.EPOCH;

    @Column(name = "changed_by")
    private String changedBy = "";

    protected PolicyVersionRow() {}

    static PolicyVersionRow of(WrittenPolicy policy) {
        var row = new PolicyVersionRow();
        row.name = policy.name();
        row.version = policy.version();
        row.text = policy.text();
        row.changedAt = policy.changedAt();
        row.changedBy = policy.changedBy();
        return row;
    }

    static PolicyVersionRow deleted(String name, long version, Instant at, String by) {
        var row = of(new WrittenPolicy(name, "", version, at, by));
        row.isDeleted = true;
        return row;
    }

    boolean isDeleted() {
        return isDeleted;
    }

    WrittenPolicy toPolicy() {
        return new WrittenPolicy(name, text, version, changedAt, changedBy);
    }
}
