package io.meseta.auth.changes.persistence;

import io.meseta.auth.changes.AuditLine;
import io.meseta.auth.changes.Caller;
import io.meseta.authorization.SubjectKind;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A line of the audit as the table has it.
@Entity
@Table(name = "audit")
class AuditRow {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long number;

    private Instant at = Instant.EPOCH;
    private String principal = "";
    private String kind = "";
    private String address = "";
    private String request = "";
    private String action = "";
    private String resource = "";

    @Column(name = "before")
    private String factsBefore = "";

    @Column(name = "after")
    private String factsAfter = "";

    protected AuditRow() {}

    static AuditRow of(AuditLine line) {
        var row = new AuditRow();
        row.at = line.at();
        row.principal = line.by().principal();
        row.kind = line.by().kind().text();
        row.address = line.by().address();
        row.request = line.by().request();
        row.action = line.action();
        row.resource = line.resource();
        row.factsBefore = line.before();
        row.factsAfter = line.after();
        return row;
    }

    AuditLine toLine() {
        var by =
                new Caller(
                        principal,
                        SubjectKind.of(kind).orElse(SubjectKind.ANONYMOUS),
                        address,
                        request);
        return new AuditLine(
                number == null ? 0 : number, at, by, action, resource, factsBefore, factsAfter);
    }
}
