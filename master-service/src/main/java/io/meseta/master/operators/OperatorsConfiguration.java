package io.meseta.master.operators;

import io.meseta.master.about.Self;
import io.meseta.master.doors.CallCounts;
import io.meseta.master.doors.CallReader;
import io.meseta.master.doors.LeaderDoor;
import io.meseta.master.events.Broadcast;
import io.meseta.master.events.EventsProperties;
import io.meseta.master.leadership.Leadership;
import io.meseta.master.links.LinksProperties;
import io.meseta.master.metrics.MesosMetrics;
import io.meseta.master.rendering.FullAnswers;
import io.meseta.master.rendering.Renderer;
import io.meseta.master.rights.Rights;
import io.meseta.master.roles.RoleCalls;
import io.meseta.master.views.Viewers;
import io.meseta.platform.streams.StreamOutboxes;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The operator API.
@Configuration(proxyBeanMethods = false)
public class OperatorsConfiguration {

    /// Events are told at once, one by one, as by Mesos.
    @Bean(destroyMethod = "stop")
    Broadcast operatorEvents(
            EventsProperties properties,
            LinksProperties links,
            ObjectProvider<Leadership> leadership,
            Renderer renderer,
            StreamOutboxes outboxes) {
        return new Broadcast(
                "operator-events",
                () -> leadership.getObject().role(),
                new OperatorDialect(links.heartbeatInterval()),
                properties.limits(links.heartbeatInterval(), Duration.ZERO),
                renderer,
                outboxes);
    }

    @Bean
    Showing showing(
            FullAnswers full,
            Broadcast operatorEvents,
            Viewers viewers,
            EventsProperties properties) {
        return new Showing(full, operatorEvents, viewers, properties.subscribersMax());
    }

    @Bean
    Facts operatorFacts(Self self, MesosMetrics metrics) {
        return new Facts(self, metrics);
    }

    @Bean
    OperatorController operatorController(
            LeaderDoor door,
            CallReader reader,
            Showing showing,
            Facts facts,
            CallCounts counts,
            Rights rights,
            RoleCalls roles) {
        var api = new OperatorApi(door, reader, showing, facts, counts, rights, roles);
        return new OperatorController(api, door, reader, rights);
    }
}
