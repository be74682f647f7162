package io.meseta.master.metrics;

import io.meseta.master.about.Self;
import io.meseta.master.doors.CallCounts;
import io.meseta.master.frameworks.limits.CallLimits;
import io.meseta.master.leadership.Leadership;
import io.meseta.master.links.FrameworkCounts;
import io.meseta.master.links.TaskEnds;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The figures of Mesos.
@Configuration(proxyBeanMethods = false)
public class MetricsConfiguration {

    @Bean
    AgentMoves agentMoves() {
        return new AgentMoves();
    }

    @Bean
    FrameworkFigures frameworkFigures(FrameworkCounts frameworks, CallLimits limits) {
        return new FrameworkFigures(frameworks, limits);
    }

    @Bean
    MesosMetrics mesosMetrics(
            Leadership leadership,
            Self self,
            CallCounts calls,
            TaskEnds ends,
            AgentMoves moves,
            FrameworkFigures frameworks) {
        return new MesosMetrics(
                leadership, self, calls, ends, InstantSource.system(), moves, frameworks);
    }

    @Bean
    MetricsController metricsController(MesosMetrics metrics) {
        return new MetricsController(metrics);
    }
}
