package io.meseta.auth.policies.web;

import io.meseta.auth.changes.Ledger;
import io.meseta.auth.policies.Policies;
import io.meseta.auth.policies.PoliciesDesk;
import io.meseta.auth.policies.RecordedQuestions;
import io.meseta.auth.web.Once;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/// Policies over HTTP.
@Configuration(proxyBeanMethods = false)
public class PoliciesWeb {

    @Bean
    PoliciesController policiesController(PoliciesDesk desk, Policies policies, Once once) {
        return new PoliciesController(desk, policies, once);
    }

    @Bean
    ChecksController checksController(
            PoliciesDesk desk,
            RecordedQuestions recorded,
            Ledger ledger,
            JsonMapper mapper,
            InstantSource time) {
        return new ChecksController(new CheckDesk(desk, recorded, ledger, mapper, time));
    }
}
