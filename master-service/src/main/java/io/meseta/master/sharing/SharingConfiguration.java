package io.meseta.master.sharing;

import io.meseta.master.doors.LedAnswers;
import io.meseta.master.rights.Rights;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// How roles share.
@Configuration(proxyBeanMethods = false)
public class SharingConfiguration {

    @Bean
    SharingController sharingController(LedAnswers door, Rights rights) {
        return new SharingController(new SharingDesk(door, rights));
    }
}
