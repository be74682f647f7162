package io.meseta.auth.wiring;

import io.meseta.auth.agents.JoinTokens;
import io.meseta.auth.changes.Ledger;
import io.meseta.auth.keys.KeysDesk;
import io.meseta.auth.revocations.Revocations;
import io.meseta.auth.sessions.Sessions;
import io.meseta.auth.settings.AuthServiceProperties;
import io.meseta.auth.ticks.Upkeep;
import io.meseta.auth.tokens.Assertions;
import io.meseta.auth.web.Answered;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What clears away after sessions and all else that ends.
@Configuration(proxyBeanMethods = false)
class SessionsWiring {

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
