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
    Failures failures(Refusals refusals) {
        return new Failures(refusals);
    }

    @Bean
    ProblemAdvice problemAdvice(Failures failures) {
        return new ProblemAdvice(failures);
    }

    @Bean
    FailureController failureController(Refusals refusals) {
        return new FailureController(refusals);
    }
}
