package io.meseta.platform.streams;

import io.meseta.platform.bundles.CurrentBundle;
import io.meseta.platform.identity.Authenticator;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The streams of a service, with their figures.
@Configuration(proxyBeanMethods = false)
public class StreamsConfiguration {

    @Bean(destroyMethod = "shutdown")
    StreamOutboxes streamOutboxes(
            MeterRegistry meters, Authenticator authenticator, CurrentBundle current) {
        var outboxes =
                new StreamOutboxes(reason -> {
                    var name = reason.name().toLowerCase(Locale.ROOT);
                    meters.counter("meseta.streams.ended", "reason", name).increment();
                });
        Gauge.builder("meseta.streams.open", outboxes, StreamOutboxes::openStreams)
                .description("Endless answers that are open")
                .register(meters);
        Gauge.builder("meseta.streams.waiting", outboxes, StreamOutboxes::waitingBytes)
                .description("What waits for slow peers")
                .baseUnit("bytes")
                .register(meters);
        // After the authenticator, which has learnt of the bundle by then.
        current.onChange(_ -> outboxes.recheck(authenticator::isStillGood));
        return outboxes;
    }
}
