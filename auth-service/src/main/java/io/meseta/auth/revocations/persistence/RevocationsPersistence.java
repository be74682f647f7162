package io.meseta.auth.revocations.persistence;

import io.meseta.auth.revocations.Revocations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Revocations in the database.
@Configuration(proxyBeanMethods = false)
public class RevocationsPersistence {

    @Bean
    Revocations revocations(JdbcClient jdbc) {
        return new DatabaseRevocations(jdbc);
    }
}
