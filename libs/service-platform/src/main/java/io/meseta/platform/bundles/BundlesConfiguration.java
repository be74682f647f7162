package io.meseta.platform.bundles;

import io.meseta.platform.credentials.AuthProperties;
import io.meseta.platform.credentials.OwnToken;
import io.meseta.platform.open.OpenModeProperties;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The current bundle, whoever brings it, and what is told about it.
@Configuration(proxyBeanMethods = false)
public class BundlesConfiguration {

    @Bean
    CurrentBundle currentBundle(MeterRegistry meters) {
        var current = new CurrentBundle();
        Gauge.builder("meseta.bundle.version", current, CurrentBundle::version)
                .description("The bundle in use; 0 before the first")
                .register(meters);
        Gauge.builder("meseta.bundle.age", current, BundlesConfiguration::ageSeconds)
                .description("Since the bundle in use was made; no number before the first")
                .baseUnit("seconds")
                .register(meters);
        return current;
    }

    @Bean
    @ConditionalOnProperty("meseta.auth.url")
    BundleFollower bundleFollower(
            AuthProperties auth, OwnToken own, CurrentBundle current, MeterRegistry meters) {
        var shelf =
                new BundleShelf(
                        current,
                        auth.neededTrustFile(),
                        auth.neededStateDir(),
                        InstantSource.system());
        return new BundleFollower(auth, own, current, shelf, meters);
    }

    @Bean
    HealthIndicator bundleHealthIndicator(CurrentBundle current, OpenModeProperties mode) {
        return new BundleHealth(current, mode.open());
    }

    private static double ageSeconds(CurrentBundle current) {
        return current.known()
                .map(bundle -> Duration.between(bundle.issued(), InstantSource.system().instant()))
                .map(age -> age.toMillis() / 1000.0)
                .orElse(Double.NaN);
    }
}
