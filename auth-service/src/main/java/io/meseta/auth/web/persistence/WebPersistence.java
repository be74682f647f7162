package io.meseta.auth.web.persistence;

import io.meseta.auth.web.Answered;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Kept answers in the database.
@Configuration(proxyBeanMethods = false)
public class WebPersistence {

    @Bean
    Answered answered(JdbcClient jdbc) {
        return new DatabaseAnswered(jdbc);
    }
}
