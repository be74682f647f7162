package io.meseta.master.links;

import io.meseta.master.about.Self;
import io.meseta.master.leadership.Leadership;
import io.meseta.platform.streams.StreamOutboxes;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The open streams, and what keeps them going.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LinksProperties.class)
public class LinksConfiguration {

    @Bean
    Losses losses(Leadership leadership) {
        return new Losses(leadership);
    }

    @Bean
    Links links(
            StreamOutboxes outboxes,
            LinksProperties properties,
            Losses losses,
            MeterRegistry meters) {
        var links = new Links(outboxes, properties, InstantSource.system(), losses);
        Gauge.builder("meseta.master.frameworks.listening", links, all -> all.frameworks().size())
                .description("Frameworks' open streams")
                .register(meters);
        Gauge.builder("meseta.master.agents.listening", links, all -> all.agents().size())
                .description("Agents' open links")
                .register(meters);
        return links;
    }

    /// The one effect runner of this master.
    @Bean(initMethod = "start", destroyMethod = "close")
    Delivery delivery(
            Leadership leadership, Links links, Self self, LinksProperties properties) {
        var interval = properties.heartbeatInterval();
        return new Delivery(
                leadership, links, new FrameworkNews(self, interval), new AgentWords(interval));
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Heartbeats heartbeats(
            Leadership leadership, Links links, Losses losses, LinksProperties properties) {
        return new Heartbeats(leadership, links, losses, properties.heartbeatInterval());
    }
}
