package io.meseta.platform.open;

import io.meseta.platform.problems.Refusals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/// The guard of open mode, and the line in the log that says so.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OpenModeProperties.class)
public class OpenModeConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(OpenModeConfiguration.class);

    @Bean
    FilterRegistrationBean<HostGuard> hostGuard(Refusals refusals, OpenModeProperties properties) {
        var filter = new FilterRegistrationBean<>(new HostGuard(refusals));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        filter.setEnabled(properties.open());
        return filter;
    }

    @Bean
    ApplicationListener<WebServerInitializedEvent> openModeBanner(OpenModeProperties properties) {
        return event -> {
            if (!properties.open()) return;
            LOG.atWarn()
                    .addKeyValue("port", event.getWebServer().getPort())
                    .log(
                            "OPEN MODE: nobody is authenticated, no policy is enforced; whoever is"
                                    + " on this machine may do everything");
        };
    }
}
