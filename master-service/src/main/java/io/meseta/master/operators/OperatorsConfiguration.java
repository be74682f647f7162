package io.meseta.master.operators;

import io.meseta.master.about.Self;
import io.meseta.master.doors.CallCounts;
import io.meseta.master.doors.CallReader;
import io.meseta.master.doors.LeaderDoor;
import io.meseta.master.engine.Journal;
import io.meseta.master.events.Broadcast;
import io.meseta.master.events.EventsProperties;
import io.meseta.master.events.Retelling;
import io.meseta.master.leadership.Leadership;
import io.meseta.master.links.LinksProperties;
import io.meseta.master.metrics.MesosMetrics;
import io.meseta.master.rendering.FullAnswers;
import io.meseta.master.rendering.Renderer;
import io.meseta.master.rights.Rights;
import io.meseta.master.roles.RoleCalls;
import io.meseta.master.self.OwnCalls;
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
            StreamOutboxes outboxes,
            ObjectProvider<Journal> journal) {
        var dialect = new OperatorDialect(links.heartbeatInterval());
        return new Broadcast(
                "operator-events",
                () -> leadership.getObject().role(),
                dialect,
                properties.limits(links.heartbeatInterval(), Duration.ZERO),
                renderer,
                outboxes,
                new Retelling(journal::getObject, dialect, properties.retelling()));
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
    Sources operatorSources(Showing showing, Facts facts, OwnCalls own, RoleCalls roles) {
        return new Sources(showing, facts, own, roles);
    }

    @Bean
    OperatorController operatorController(
            LeaderDoor door, CallReader reader, Sources sources, CallCounts counts, Rights rights) {
        var api = new OperatorApi(door, reader, sources, counts, rights);
        return new OperatorController(api, door, reader, rights);
    }
}
