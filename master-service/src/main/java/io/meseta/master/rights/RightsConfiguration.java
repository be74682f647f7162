package io.meseta.master.rights;

import io.meseta.master.views.Viewers;
import io.meseta.platform.access.Access;
import io.meseta.platform.identity.Callers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The rights of callers.
@Configuration(proxyBeanMethods = false)
public class RightsConfiguration {

    @Bean
    Rights rights(Access access) {
        return new Rights(access);
    }

    @Bean
    Viewers viewers(Rights rights) {
        return request -> rights.visibility(Callers.admitted(request));
    }
}
