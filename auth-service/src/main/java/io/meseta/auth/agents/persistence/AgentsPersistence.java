package io.meseta.auth.agents.persistence;

import io.meseta.auth.agents.Agents;
import io.meseta.auth.agents.JoinTokens;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Agents and join tokens in the database.
@Configuration(proxyBeanMethods = false)
public class AgentsPersistence {

    @Bean
    Agents agents(AgentRows rows) {
        return new DatabaseAgents(rows);
    }

    @Bean
    JoinTokens joinTokens(JoinTokenRows rows) {
        return new DatabaseJoinTokens(rows);
    }
}
