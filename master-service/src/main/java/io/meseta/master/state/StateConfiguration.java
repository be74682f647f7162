package io.meseta.master.state;

import io.meseta.master.about.Self;
import io.meseta.master.doors.LeaderDoor;
import io.meseta.master.past.Sights;
import io.meseta.master.rendering.FullAnswers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The older endpoints.
@Configuration(proxyBeanMethods = false)
public class StateConfiguration {

    @Bean
    StateController stateController(Sights sights, FullAnswers full, Self self) {
        return new StateController(sights, full, self);
    }

    @Bean
    SelfController selfController(LeaderDoor door, Self self) {
        return new SelfController(door, self);
    }
}
