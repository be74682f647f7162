package io.meseta.master.frameworks;

import io.meseta.master.doors.CallCounts;
import io.meseta.master.doors.CallReader;
import io.meseta.master.doors.LeaderDoor;
import io.meseta.master.frameworks.limits.CallLimits;
import io.meseta.master.links.FrameworkCounts;
import io.meseta.master.links.Links;
import io.meseta.master.rights.Rights;
import io.meseta.master.roles.RolesProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The scheduler API.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FrameworksProperties.class)
public class FrameworksConfiguration {

    @Bean
    CallLimits callLimits(FrameworksProperties properties) {
        var setting = properties.rateLimits();
        return CallLimits.of(setting == null ? "" : setting);
    }

    @Bean
    CallGate callGate(CallLimits limits, CallCounts counts, FrameworkCounts frameworks) {
        return new CallGate(limits, counts, frameworks);
    }

    @Bean
    Admission admission(Rights rights, RolesProperties roles, FrameworksProperties properties) {
        return new Admission(rights, roles, properties);
    }

    @Bean
    SchedulerController schedulerController(
            LeaderDoor door,
            CallReader reader,
            Links links,
            CallGate gate,
            Rights rights,
            Admission admission) {
        return new SchedulerController(
                new SchedulerApi(door, reader, links, gate, rights, admission));
    }
}
