package io.meseta.master.past;

import io.meseta.master.doors.LeaderDoor;
import io.meseta.master.engine.Journal;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The way to the past.
@Configuration(proxyBeanMethods = false)
public class PastConfiguration {

    /// How many past states are shown whole at once, beside those that are kept.
    private static final int SHOWN_MAX = 2;

    @Bean
    PastStates pastStates(ObjectProvider<Journal> journal) {
        return new PastStates(
                journal::getObject, PastStates.Bounds.DEFAULT, InstantSource.system());
    }

    @Bean
    PastDoor pastDoor(PastStates states) {
        return new PastDoor(states);
    }

    @Bean
    Sights sights(LeaderDoor door, PastStates states) {
        return new Sights(door, states, SHOWN_MAX);
    }
}
