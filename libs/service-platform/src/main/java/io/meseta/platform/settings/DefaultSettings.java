package io.meseta.platform.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.ResourcePropertySource;

/// Puts what all services share below every other source of settings.
final class DefaultSettings implements EnvironmentPostProcessor, Ordered {

    private static final String NAME = "meseta-defaults";
    private static final String LOG_FORMAT = "meseta.log.format";

    @Override
    public void postProcessEnvironment(
            ConfigurableEnvironment environment, SpringApplication application) {
        if (environment.getProperty(LOG_FORMAT, "text").equals("json")) {
            var json = Map.<String, Object>of("logging.structured.format.console", "ecs");
            environment.getPropertySources().addLast(new MapPropertySource(LOG_FORMAT, json));
        }
        try {
            var file = new ClassPathResource(NAME + ".properties");
            environment.getPropertySources().addLast(new ResourcePropertySource(NAME, file));
        } catch (IOException failure) {
            throw new UncheckedIOException("the defaults are missing from the jar", failure);
        }
    }

    /// After the files have been read, before anybody asks.
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE - 10;
    }
}
