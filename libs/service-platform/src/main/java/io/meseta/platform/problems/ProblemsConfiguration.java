package io.meseta.platform.problems;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/// Refusals in one manner for all routes of a service.
@Configuration(proxyBeanMethods = false)
public class ProblemsConfiguration {

    @Bean
    Refusals refusals(JsonMapper mapper) {
        return new Refusals(mapper);
    }

    @Bean
    ProblemAdvice problemAdvice(Refusals refusals) {
        return new ProblemAdvice(refusals);
    }

    @Bean
    FailureController failureController(Refusals refusals) {
        return new FailureController(refusals);
    }
}
