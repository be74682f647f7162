package io.meseta.master.preemptions;

import io.meseta.master.doors.LedAnswers;
import io.meseta.master.views.Viewers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Which tasks have had to end for others.
@Configuration(proxyBeanMethods = false)
public class PreemptionsConfiguration {

    @Bean
    PreemptionsController preemptionsController(LedAnswers door, Viewers viewers) {
        return new PreemptionsController(new PreemptionsDesk(door), viewers);
    }
}
