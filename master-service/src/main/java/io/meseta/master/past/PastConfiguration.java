package io.meseta.master.past;

import io.meseta.master.engine.Journal;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The way to the past.
@Configuration(proxyBeanMethods = false)
public class PastConfiguration {

    @Bean
    PastDoor pastDoor(ObjectProvider<Journal> journal) {
        return new PastDoor(
                new PastStates(
                        journal::getObject, PastStates.Bounds.DEFAULT, InstantSource.system()));
    }
}
