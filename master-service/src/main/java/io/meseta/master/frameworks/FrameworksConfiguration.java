package io.meseta.master.frameworks;

import io.meseta.master.doors.CallCounts;
import io.meseta.master.doors.CallReader;
import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.LeaderDoor;
import io.meseta.master.frameworks.limits.CallLimits;
import io.meseta.master.links.FrameworkCounts;
import io.meseta.master.links.Links;
import io.meseta.master.rights.Rights;
import io.meseta.master.roles.RolesProperties;
import io.meseta.platform.direct.DirectRoute;
import java.util.List;
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

    /// Beside Spring's routes, since every offer and every status is answered here.
    @Bean
    DirectRoute schedulerRoute(
            LeaderDoor door,
            CallReader reader,
            Links links,
            CallGate gate,
            Rights rights,
            Admission admission) {
        var api = new SchedulerApi(door, reader, links, gate, rights, admission);
        return new DirectRoute(
                List.of("/api/v1/scheduler/**", "/master/api/v1/scheduler/**"),
                "What a framework may do depends on its roles, its tasks and its principal.",
                (request, response) -> api.answer(new Exchange(request, response)));
    }
}
