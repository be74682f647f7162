package io.meseta.auth.changes.persistence;

import io.meseta.auth.changes.Audit;
import io.meseta.auth.changes.AuditLine;
import java.util.List;
import org.springframework.data.domain.Limit;

/// The audit in the database.
final class DatabaseAudit implements Audit {

    private final AuditRows rows;

    DatabaseAudit(AuditRows rows) {
        this.rows = rows;
    }

    @Override
    public List<AuditLine> page(long before, String principal, String resource, int limit) {
        return rows.page(before, principal, resource, Limit.of(limit)).stream()
                .map(AuditRow::toLine)
                .toList();
    }
}
