package io.meseta.auth.changes.persistence;

import io.meseta.auth.bundles.Publication;
import io.meseta.auth.changes.Audit;
import io.meseta.auth.changes.Ledger;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/// The ledger and the audit.
@Configuration(proxyBeanMethods = false)
public class ChangesPersistence {

    @Bean
    Ledger ledger(
            PlatformTransactionManager transactions,
            JdbcClient jdbc,
            AuditRows audit,
            Publication publication,
            JsonMapper mapper,
            InstantSource time) {
        var template = new TransactionTemplate(transactions);
        return new DatabaseLedger(
                template, new BundleState(jdbc), audit, publication, mapper, time);
    }

    @Bean
    Audit audit(AuditRows rows) {
        return new DatabaseAudit(rows);
    }
}
