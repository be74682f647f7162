package io.meseta.master.maintenance;

import io.meseta.master.doors.CallReader;
import io.meseta.master.doors.LeaderDoor;
import io.meseta.master.doors.LedAnswers;
import io.meseta.master.rights.Rights;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What operators do to machines.
@Configuration(proxyBeanMethods = false)
public class MaintenanceConfiguration {

    @Bean
    MaintenanceController maintenanceController(LeaderDoor door, CallReader reader, Rights rights) {
        return new MaintenanceController(door, reader, rights);
    }

    @Bean
    DrainController drainController(LedAnswers door, Rights rights) {
        return new DrainController(new DrainDesk(door, rights));
    }
}
