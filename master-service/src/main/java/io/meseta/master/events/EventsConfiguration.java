package io.meseta.master.events;

import io.meseta.master.doors.LeaderDoor;
import io.meseta.master.leadership.Leadership;
import io.meseta.master.rendering.Renderer;
import io.meseta.master.views.Viewers;
import io.meseta.platform.streams.StreamOutboxes;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Our own stream of changes.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EventsProperties.class)
public class EventsConfiguration {

    @Bean(destroyMethod = "stop")
    Broadcast changes(
            EventsProperties properties,
            ObjectProvider<Leadership> leadership,
            Renderer renderer,
            StreamOutboxes outboxes,
            MeterRegistry meters) {
        var broadcast =
                new Broadcast(
                        "changes",
                        () -> leadership.getObject().role(),
                        new ChangeDialect(InstantSource.system()),
                        properties.limits(),
                        renderer,
                        outboxes);
        Gauge.builder("meseta.master.events.streams", broadcast, Broadcast::size)
                .description("Open streams of changes")
                .register(meters);
        return broadcast;
    }

    @Bean
    EventsController eventsController(
            LeaderDoor door, Viewers viewers, Broadcast changes, EventsProperties properties) {
        return new EventsController(door, viewers, changes, properties.streamsMax());
    }
}
