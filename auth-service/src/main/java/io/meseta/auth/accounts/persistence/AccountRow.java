package io.meseta.auth.accounts.persistence;

import io.meseta.auth.accounts.Account;
import io.meseta.auth.accounts.Secret;
import io.meseta.authorization.SubjectKind;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;

/// An account as the table has it.
@Entity
@Table(name = "accounts")
class AccountRow {

    @Id private String name = "";
    private String kind = "";
    private String description = "";

    @Column(name = "locked")
    private boolean isLocked;

    private long version;

    @Column(name = "created_at")
    private Instant createdAt = Instant.EPOCH;

    @Column(name = "changed_at")
    private Instant changedAt = Instant.EPOCH;

    protected AccountRow() {}

    static AccountRow of(Account account) {
        var row = new AccountRow();
        row.name = account.name();
        row.kind = account.kind().text();
        row.description = account.description();
        row.isLocked = account.isLocked();
        row.version = account.version();
        row.createdAt = account.createdAt();
        row.changedAt = account.changedAt();
        return row;
    }

    String name() {
        return name;
    }

    Account toAccount(List<Secret> secrets) {
        return new Account(
                name,
                SubjectKind.of(kind).orElseThrow(),
                description,
                isLocked,
                secrets,
                version,
                createdAt,
                changedAt);
    }
}
