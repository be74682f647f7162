package io.meseta.master.links;

import io.meseta.master.about.Self;
import io.meseta.master.leadership.Leadership;
import io.meseta.platform.streams.StreamOutboxes;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The open streams, and what keeps them going.
///
/// Leadership is asked for when it is needed and not before: it can't be made without the effect
/// runner that is made here.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LinksProperties.class)
public class LinksConfiguration {

    @Bean
    Losses losses(ObjectProvider<Leadership> leadership) {
        return new Losses(role(leadership));
    }

    @Bean
    Links links(
            StreamOutboxes outboxes,
            LinksProperties properties,
            Losses losses,
            FrameworkCounts counts,
            MeterRegistry meters) {
        var links = new Links(outboxes, properties, InstantSource.system(), losses, counts);
        Gauge.builder("meseta.master.frameworks.listening", links, all -> all.frameworks().size())
                .description("Frameworks' open streams")
                .register(meters);
        Gauge.builder("meseta.master.agents.listening", links, all -> all.agents().size())
                .description("Agents' open links")
                .register(meters);
        return links;
    }

    @Bean
    FrameworkCounts frameworkCounts() {
        return new FrameworkCounts();
    }

    @Bean
    TaskEnds taskEnds() {
        return new TaskEnds();
    }

    @Bean
    Happenings happenings() {
        return new Happenings();
    }

    @Bean
    Tallies tallies(TaskEnds ends, Happenings happenings) {
        return new Tallies(ends, happenings);
    }

    /// The one effect runner of this master.
    @Bean(destroyMethod = "stop")
    Delivery delivery(
            ObjectProvider<Leadership> leadership,
            Links links,
            Self self,
            Tallies tallies,
            LinksProperties properties,
            ObjectProvider<Witness> witnesses) {
        var interval = properties.heartbeatInterval();
        return new Delivery(
                role(leadership),
                links,
                new FrameworkNews(self, interval),
                new AgentWords(interval),
                tallies,
                () -> witnesses.orderedStream().toList());
    }

    @Bean(destroyMethod = "close")
    Heartbeats heartbeats(
            ObjectProvider<Leadership> leadership,
            Links links,
            Losses losses,
            LinksProperties properties) {
        return new Heartbeats(role(leadership), links, losses, properties.heartbeatInterval());
    }

    @Bean
    Conversing conversing(Delivery delivery, Heartbeats heartbeats) {
        return new Conversing(delivery, heartbeats);
    }

    private static Supplier<Leadership.Role> role(ObjectProvider<Leadership> leadership) {
        return () -> leadership.getObject().role();
    }
}
