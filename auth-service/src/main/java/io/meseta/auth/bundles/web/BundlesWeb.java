package io.meseta.auth.bundles.web;

import io.meseta.auth.bundles.Publication;
import io.meseta.auth.settings.AuthServiceProperties;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;

/// The held request, and how many are held.
@Configuration(proxyBeanMethods = false)
public class BundlesWeb {

    @Bean
    Publication publication(AuthServiceProperties properties, MeterRegistry meters) {
        var publication = new Publication(properties.limits().bundleWaiting());
        Gauge.builder("meseta.bundle.waiting", publication, Publication::waitingCount)
                .description("Requests that are held until there is a newer bundle")
                .register(meters);
        return publication;
    }

    /// Before the server stops, which waits for whoever is being served.
    @Bean
    ApplicationListener<ContextClosedEvent> heldRequests(Publication publication) {
        return _ -> publication.close();
    }

    @Bean
    BundleController bundleController(Publication publication, AuthServiceProperties properties) {
        return new BundleController(publication, properties.limits().bundleHold());
    }
}
