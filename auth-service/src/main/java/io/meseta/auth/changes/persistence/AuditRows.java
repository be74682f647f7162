package io.meseta.auth.changes.persistence;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.query.Param;

/// The table of the audit. There is no way here to change or delete a row.
interface AuditRows extends Repository<AuditRow, Long> {

    AuditRow save(AuditRow row);

    @Query(
            "select row from AuditRow row where row.number < :before"
                    + " and (:principal = '' or row.principal = :principal)"
                    + " and (:resource = '' or row.resource = :resource"
                    + " or locate(concat(:resource, '/'), row.resource) = 1)"
                    + " order by row.number desc")
    List<AuditRow> page(
            @Param("before") long before,
            @Param("principal") String principal,
            @Param("resource") String resource,
            Limit limit);
}
