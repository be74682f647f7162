package io.meseta.master.explain;

import io.meseta.master.doors.LedAnswers;
import io.meseta.master.rights.Rights;
import io.meseta.master.views.Viewers;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Why something is not offered.
@Configuration(proxyBeanMethods = false)
public class ExplainConfiguration {

    @Bean
    ExplainController explainController(LedAnswers door, Viewers viewers, Rights rights) {
        var clock = InstantSource.system();
        return new ExplainController(new ExplainDesk(door, rights, clock), viewers);
    }
}
