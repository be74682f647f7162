package io.meseta.auth.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/// Pins names and defaults: they are a promise to whoever wrote a configuration.
final class AuthServicePropertiesTest {

    @Test
    void hasItsDefaults() {
        var properties = bound(Map.of());

        assertThat(properties)
                .isEqualTo(
                        new AuthServiceProperties(
                                null,
                                null,
                                null,
                                "http://127.0.0.1:8080/auth",
                                List.of(),
                                new AuthServiceProperties.Lifetimes(
                                        Duration.ofMinutes(15),
                                        Duration.ofMinutes(90),
                                        Duration.ofHours(12),
                                        Duration.ofHours(1),
                                        Duration.ofHours(1),
                                        Duration.ofMinutes(5)),
                                new AuthServiceProperties.Limits(
                                        Duration.ofSeconds(25),
                                        20_000,
                                        50,
                                        10,
                                        100,
                                        Duration.ofSeconds(6)),
                                Duration.ofSeconds(60)));
    }

    @Test
    void hasItsNames() {
        var properties =
                bound(
                        Map.ofEntries(
                                Map.entry("meseta.auth.bootstrap", "/a"),
                                Map.entry("meseta.auth.seal-file", "/b"),
                                Map.entry("meseta.auth.bundle-key-file", "/c"),
                                Map.entry("meseta.auth.issuer", "https://auth.example"),
                                Map.entry("meseta.auth.addresses[0]", "https://gateway:8080"),
                                Map.entry("meseta.auth.lifetimes.token", "1m"),
                                Map.entry("meseta.auth.lifetimes.agent-token", "5m"),
                                Map.entry("meseta.auth.lifetimes.session", "2m"),
                                Map.entry("meseta.auth.lifetimes.session-idle", "6m"),
                                Map.entry("meseta.auth.lifetimes.bundle", "3m"),
                                Map.entry("meseta.auth.lifetimes.key-announcement", "4m"),
                                Map.entry("meseta.auth.limits.bundle-hold", "5s"),
                                Map.entry("meseta.auth.limits.bundle-waiting", "6"),
                                Map.entry("meseta.auth.limits.wrong-per-address", "7"),
                                Map.entry("meseta.auth.limits.wrong-per-principal", "8"),
                                Map.entry("meseta.auth.limits.wrong-from-strangers", "11"),
                                Map.entry("meseta.auth.limits.wrong-one-in", "9s"),
                                Map.entry("meseta.auth.database-wait", "10s")));

        assertThat(properties)
                .isEqualTo(
                        new AuthServiceProperties(
                                Path.of("/a"),
                                Path.of("/b"),
                                Path.of("/c"),
                                "https://auth.example",
                                List.of("https://gateway:8080"),
                                new AuthServiceProperties.Lifetimes(
                                        Duration.ofMinutes(1),
                                        Duration.ofMinutes(5),
                                        Duration.ofMinutes(2),
                                        Duration.ofMinutes(6),
                                        Duration.ofMinutes(3),
                                        Duration.ofMinutes(4)),
                                new AuthServiceProperties.Limits(
                                        Duration.ofSeconds(5), 6, 7, 8, 11, Duration.ofSeconds(9)),
                                Duration.ofSeconds(10)));
    }

    @Test
    void refusesWhatCannotWork() {
        refuses("meseta.auth.issuer", "no url");
        refuses("meseta.auth.addresses", "http://ends-with-a-slash/");
        refuses("meseta.auth.lifetimes.token", "16m");
        refuses("meseta.auth.lifetimes.agent-token", "27h");
        refuses("meseta.auth.lifetimes.session", "1s");
        refuses("meseta.auth.lifetimes.session-idle", "14m");
        refuses("meseta.auth.lifetimes.bundle", "25h");
        refuses("meseta.auth.lifetimes.key-announcement", "-1s");
        refuses("meseta.auth.limits.bundle-hold", "2m");
        refuses("meseta.auth.limits.bundle-waiting", "0");
        refuses("meseta.auth.limits.wrong-per-address", "0");
        refuses("meseta.auth.limits.wrong-per-principal", "-1");
        refuses("meseta.auth.limits.wrong-from-strangers", "0");
        refuses("meseta.auth.limits.wrong-one-in", "0s");
        refuses("meseta.auth.database-wait", "-1s");
    }

    private static void refuses(String name, String value) {
        assertThatThrownBy(() -> bound(Map.of(name, value)))
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .rootCause()
                .hasMessageContaining(name);
    }

    private static AuthServiceProperties bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("meseta.auth", AuthServiceProperties.class);
    }
}
