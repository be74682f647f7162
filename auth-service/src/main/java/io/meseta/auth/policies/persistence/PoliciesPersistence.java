package io.meseta.auth.policies.persistence;

import io.meseta.auth.policies.Policies;
import io.meseta.auth.policies.RecordedQuestions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Policies in the database.
@Configuration(proxyBeanMethods = false)
public class PoliciesPersistence {

    @Bean
    Policies policies(PolicyRows rows, PolicyVersionRows versions, JdbcClient jdbc) {
        return new DatabasePolicies(rows, versions, jdbc);
    }

    @Bean
    RecordedQuestions recordedQuestions(JdbcClient jdbc) {
        return new DatabaseQuestions(jdbc);
    }
}
