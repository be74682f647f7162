package io.meseta.master.state;

import io.meseta.master.rights.Rights;
import io.meseta.master.about.Self;
import io.meseta.master.doors.LeaderDoor;
import io.meseta.master.doors.ReaderLimit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The older endpoints.
@Configuration(proxyBeanMethods = false)
public class StateConfiguration {

    @Bean
    StateController stateController(LeaderDoor door, ReaderLimit readers, Self self, Rights rights) {
        return new StateController(door, readers, self, rights);
    }

    @Bean
    SelfController selfController(LeaderDoor door, Self self) {
        return new SelfController(door, self);
    }
}
