package io.meseta.master.metrics;

import io.meseta.master.about.Self;
import io.meseta.master.doors.CallCounts;
import io.meseta.master.events.Broadcast;
import io.meseta.master.frameworks.limits.CallLimits;
import io.meseta.master.journal.JournalMeters;
import io.meseta.master.leadership.Leadership;
import io.meseta.master.links.FrameworkCounts;
import io.meseta.master.links.Happenings;
import io.meseta.master.links.TaskEnds;
import io.meseta.master.rendering.Renderer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The figures of Mesos.
@Configuration(proxyBeanMethods = false)
public class MetricsConfiguration {

    @Bean
    MesosMetrics mesosMetrics(
            Leadership leadership,
            Self self,
            CallCounts calls,
            TaskEnds ends,
            Happenings happenings,
            ObjectProvider<Figures> more) {
        return new MesosMetrics(
                leadership,
                self,
                calls,
                ends,
                happenings,
                more.orderedStream().toList(),
                InstantSource.system());
    }

    @Bean
    AgentMoves agentMoves() {
        return new AgentMoves();
    }

    @Bean
    Figures frameworkFigures(FrameworkCounts frameworks, CallLimits limits) {
        return new FrameworkFigures(frameworks, limits);
    }

    @Bean
    Figures agentFigures(AgentMoves moves) {
        var clock = InstantSource.system();
        return (cluster, figures) -> moves.figures(cluster, clock.instant(), figures);
    }

    @Bean
    Figures operationFigures() {
        return new OperationFigures();
    }

    @Bean
    Figures journalFigures(MeterRegistry meters) {
        return new TimerFigures(meters, JournalMeters.APPEND, "registrar/state_store_ms");
    }

    @Bean
    RoundMeters roundMeters(MeterRegistry meters) {
        return new RoundMeters(meters);
    }

    @Bean
    Figures roundFigures(MeterRegistry meters) {
        return new TimerFigures(meters, RoundMeters.ROUND, "allocator/mesos/allocation_run_ms");
    }

    @Bean
    Figures readersFigures(Broadcast operatorEvents, Renderer renderer) {
        return (_, figures) -> {
            figures.put("master/operator_event_stream_subscribers", (double) operatorEvents.size());
            figures.put("master/http_cache_hits", (double) renderer.shared());
        };
    }

    @Bean
    MetricsController metricsController(MesosMetrics metrics) {
        return new MetricsController(metrics);
    }
}
