package io.meseta.platform.bodies;

import io.meseta.platform.problems.Refusals;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/// The limit on bodies that stands before every route.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BodiesProperties.class)
public class BodiesConfiguration {

    @Bean
    FilterRegistrationBean<BodyLimitFilter> bodyLimitFilter(
            Refusals refusals, BodiesProperties properties) {
        var filter = new BodyLimitFilter(refusals, properties.sizeMax().toBytes());
        var registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 30);
        return registration;
    }
}
