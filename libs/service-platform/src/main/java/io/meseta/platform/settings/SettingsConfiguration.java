package io.meseta.platform.settings;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/// The check of settings for typos.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LogProperties.class)
public class SettingsConfiguration {

    /// Static, since it watches the making of other beans.
    @Bean
    static UnknownSettings unknownSettings(ConfigurableEnvironment environment) {
        return new UnknownSettings(environment);
    }
}
