package io.meseta.gateway.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

final class GatewayPropertiesTest {

    @Test
    void hasTheseDefaults() {
        assertThat(bind(Map.of()))
                .isEqualTo(
                        new GatewayProperties(
                                List.of(URI.create("http://127.0.0.1:5050")),
                                Duration.ofMillis(250),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(5),
                                DataSize.ofMegabytes(256),
                                true,
                                new GatewayProperties.Forwarding(
                                        Duration.ofSeconds(2),
                                        Duration.ofSeconds(60),
                                        1024,
                                        Duration.ofMinutes(15)),
                                new GatewayProperties.Signing(10_000)));
    }

    @ParameterizedTest
    @CsvSource({
        "masters, https://x:1, not http",
        "masters, nonsense, not http",
        "probe-interval, 0s, probe-interval is not positive",
        "stale-after, -1s, stale-after is not positive",
        "pass-over, 0s, pass-over is not positive",
        "event-max, 0B, event-max is not positive",
        "forward.connect-max, 0s, forward.connect-max is not positive",
        "forward.first-byte-max, 0s, forward.first-byte-max is not positive",
        "forward.connections-max, 0, forward.connections-max is not positive",
        "forward.tunnel-idle-max, 0s, forward.tunnel-idle-max is not positive",
        "session.count-max, 0, session.count-max is not positive"
    })
    void refusesWhatMakesNoSense(String name, String value, String complaint) {
        assertThatThrownBy(() -> bind(Map.of("meseta.gateway." + name, value)))
                .rootCause()
                .hasMessageContaining(complaint);
    }

    private static GatewayProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("meseta.gateway", GatewayProperties.class);
    }
}
