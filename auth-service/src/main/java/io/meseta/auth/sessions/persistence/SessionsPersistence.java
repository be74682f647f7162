package io.meseta.auth.sessions.persistence;

import io.meseta.auth.sessions.Sessions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Sessions in the database.
@Configuration(proxyBeanMethods = false)
public class SessionsPersistence {

    @Bean
    Sessions sessions(
            SessionRows rows, RefreshTokenRows tokens, SessionKeyRows keys, GivenTokenRows given) {
        return new DatabaseSessions(rows, tokens, keys, given);
    }
}
