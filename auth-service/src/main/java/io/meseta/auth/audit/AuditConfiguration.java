package io.meseta.auth.audit;

import io.meseta.auth.changes.Audit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/// The audit over HTTP.
@Configuration(proxyBeanMethods = false)
public class AuditConfiguration {

    @Bean
    AuditController auditController(Audit audit, JsonMapper mapper) {
        return new AuditController(audit, mapper);
    }
}
