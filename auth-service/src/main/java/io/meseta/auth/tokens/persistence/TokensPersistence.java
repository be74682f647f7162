package io.meseta.auth.tokens.persistence;

import io.meseta.auth.tokens.Assertions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Used assertions in the database.
@Configuration(proxyBeanMethods = false)
public class TokensPersistence {

    @Bean
    Assertions assertions(JdbcClient jdbc) {
        return new DatabaseAssertions(jdbc);
    }
}
