package io.meseta.auth.agents.web;

import io.meseta.auth.agents.Agents;
import io.meseta.auth.agents.AgentsDesk;
import io.meseta.auth.agents.JoinTokens;
import io.meseta.auth.limits.Attempts;
import io.meseta.auth.web.Once;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Agents and join tokens over HTTP.
@Configuration(proxyBeanMethods = false)
public class AgentsWeb {

    @Bean
    AgentsController agentsController(AgentsDesk desk, Agents agents, Attempts attempts) {
        return new AgentsController(desk, agents, attempts);
    }

    @Bean
    JoinTokensController joinTokensController(AgentsDesk desk, JoinTokens tokens, Once once) {
        return new JoinTokensController(desk, tokens, once);
    }
}
