package io.meseta.auth.sessions.web;

import io.meseta.auth.limits.Attempts;
import io.meseta.auth.sessions.BrowserSessionsDesk;
import io.meseta.auth.sessions.SessionsDesk;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Sessions over HTTP.
@Configuration(proxyBeanMethods = false)
public class SessionsWeb {

    @Bean
    SessionsController sessionsController(SessionsDesk desk, Attempts attempts) {
        return new SessionsController(desk, attempts);
    }

    @Bean
    BrowserSessionsController browserSessionsController(
            BrowserSessionsDesk desk, Attempts attempts) {
        return new BrowserSessionsController(desk, attempts);
    }
}
