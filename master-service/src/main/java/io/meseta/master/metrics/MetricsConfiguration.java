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
    MesosMetrics mesosMetrics(
            Leadership leadership,
            Self self,
            CallCounts calls,
            TaskEnds ends,
            FrameworkCounts frameworks,
            CallLimits limits) {
        return new MesosMetrics(
                leadership,
                self,
                calls,
                ends,
                new FrameworkFigures(frameworks, limits),
                InstantSource.system());
    }

    @Bean
    MetricsController metricsController(MesosMetrics metrics) {
        return new MetricsController(metrics);
    }
}
