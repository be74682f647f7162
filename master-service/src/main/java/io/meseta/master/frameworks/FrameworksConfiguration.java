package io.meseta.master.frameworks;

import io.meseta.master.doors.CallCounts;
import io.meseta.master.doors.CallReader;
import io.meseta.master.doors.LeaderDoor;
import io.meseta.master.links.Links;
import io.meseta.master.rights.Rights;
import io.meseta.master.roles.RolesProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The scheduler API.
@Configuration(proxyBeanMethods = false)
public class FrameworksConfiguration {

    @Bean
    SchedulerController schedulerController(
            LeaderDoor door,
            CallReader reader,
            Links links,
            CallCounts counts,
            Rights rights,
            RolesProperties roles) {
        return new SchedulerController(
                new SchedulerApi(door, reader, links, counts, rights, roles));
    }
}
