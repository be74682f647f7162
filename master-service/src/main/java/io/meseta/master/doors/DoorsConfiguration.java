package io.meseta.master.doors;

import io.meseta.master.leadership.Leadership;
import io.meseta.platform.bodies.BodyReader;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What the rooms with endpoints share.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DoorsProperties.class)
public class DoorsConfiguration {

    @Bean
    CallReader callReader(DoorsProperties properties) {
        return new CallReader(
                new BodyReader((int) properties.bodyMax().toBytes(), properties.bodyTimeMax()));
    }

    @Bean
    LeaderDoor leaderDoor(Leadership leadership) {
        return new LeaderDoor(leadership);
    }

    @Bean
    CallCounts callCounts(MeterRegistry meters) {
        return new CallCounts(meters);
    }

    @Bean
    ReaderLimit readerLimit(DoorsProperties properties) {
        return new ReaderLimit(properties.readersMax());
    }

    @Bean
    UnknownRoutes unknownRoutes() {
        return new UnknownRoutes();
    }
}
