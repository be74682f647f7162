package io.meseta.auth.wiring;

import io.meseta.auth.agents.JoinTokens;
import io.meseta.auth.changes.Ledger;
import io.meseta.auth.keys.KeysDesk;
import io.meseta.auth.revocations.Revocations;
import io.meseta.auth.sessions.Sessions;
import io.meseta.auth.settings.AuthServiceProperties;
import io.meseta.auth.ticks.Upkeep;
import io.meseta.auth.tokens.Assertions;
import io.meseta.auth.tokens.TokenIssuer;
import io.meseta.auth.web.Answered;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What sessions need of tokens, and what clears away after all.
@Configuration(proxyBeanMethods = false)
class SessionsWiring {

    /// By whom a session's tokens are made, and how long a session lasts.
    record Issuing(TokenIssuer issuer, Duration lifetime) {}

    @Bean
    Issuing issuing(TokenIssuer issuer, AuthServiceProperties properties) {
        return new Issuing(issuer, properties.lifetimes().session());
    }

    @Bean
    Upkeep.Memories memories(
            Revocations revocations,
            Sessions sessions,
            JoinTokens joinTokens,
            Assertions assertions,
            Answered answered) {
        return new Upkeep.Memories(revocations, sessions, joinTokens, assertions, answered);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Upkeep upkeep(
            Ledger ledger,
            KeysDesk keys,
            Upkeep.Memories memories,
            InstantSource time,
            AuthServiceProperties properties) {
        return new Upkeep(ledger, keys, memories, time, properties.lifetimes().session());
    }
}
