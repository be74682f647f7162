package io.meseta.master.resources;

import io.meseta.master.doors.CallReader;
import io.meseta.master.doors.LeaderDoor;
import io.meseta.master.rights.Rights;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The older endpoints for reservations and volumes.
@Configuration(proxyBeanMethods = false)
public class ResourcesConfiguration {

    @Bean
    ResourcesController resourcesController(LeaderDoor door, CallReader reader, Rights rights) {
        return new ResourcesController(door, reader, rights);
    }
}
