package io.meseta.master.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.master.about.AboutProperties;
import io.meseta.master.events.EventsProperties;
import io.meseta.master.links.LinksProperties;
import io.meseta.master.rendering.RenderingProperties;
import io.meseta.master.roles.RolesProperties;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

final class SettingsTest {

    @Test
    void hasTheseDefaults() {
        assertThat(bind("meseta.master.calls", DoorsProperties.class, Map.of()))
                .isEqualTo(
                        new DoorsProperties(DataSize.ofMegabytes(16), Duration.ofSeconds(30), 256));
        assertThat(bind("meseta.master.links", LinksProperties.class, Map.of()))
                .isEqualTo(
                        new LinksProperties(
                                Duration.ofSeconds(15),
                                DataSize.ofMegabytes(8),
                                Duration.ofSeconds(30),
                                10_000,
                                20_000));
        assertThat(bind("meseta.master.events", EventsProperties.class, Map.of()))
                .isEqualTo(
                        new EventsProperties(
                                1_000,
                                1_000,
                                Duration.ofSeconds(2),
                                Duration.ofMillis(50),
                                4_096,
                                DataSize.ofMegabytes(64),
                                50_000,
                                DataSize.ofMegabytes(8),
                                Duration.ofSeconds(30)));
        assertThat(bind("meseta.master.rendering", RenderingProperties.class, Map.of()))
                .isEqualTo(
                        new RenderingProperties(
                                DataSize.ofMegabytes(8), DataSize.ofGigabytes(4), 64));
        assertThat(bind("meseta.master.roles", RolesProperties.class, Map.of()))
                .isEqualTo(new RolesProperties(List.of()));
        assertThat(bind("meseta.master.advertise", AboutProperties.class, Map.of()).host())
                .isEqualTo("127.0.0.1");
    }

    @Test
    void hasTheseNames() {
        assertThat(
                        bind(
                                "meseta.master.roles",
                                RolesProperties.class,
                                Map.of("meseta.master.roles.whitelist", "dev,ops")))
                .isEqualTo(new RolesProperties(List.of("dev", "ops")));
        var links =
                bind(
                        "meseta.master.links",
                        LinksProperties.class,
                        Map.of(
                                "meseta.master.links.heartbeat-interval", "1s",
                                "meseta.master.links.outbox-max", "1MB",
                                "meseta.master.links.stall-max", "2s",
                                "meseta.master.links.frameworks-max", "3",
                                "meseta.master.links.agents-max", "4"));
        assertThat(links)
                .isEqualTo(
                        new LinksProperties(
                                Duration.ofSeconds(1),
                                DataSize.ofMegabytes(1),
                                Duration.ofSeconds(2),
                                3,
                                4));
    }

    @Test
    void hasTheseNamesForStreams() {
        var names =
                Map.of(
                        "meseta.master.events.retold-max", "9",
                        "meseta.master.events.streams-max", "1",
                        "meseta.master.events.subscribers-max", "2",
                        "meseta.master.events.beat-interval", "3s",
                        "meseta.master.events.gather-max", "4ms",
                        "meseta.master.events.recent-max", "5",
                        "meseta.master.events.recent-size", "6MB",
                        "meseta.master.events.outbox-max", "7MB",
                        "meseta.master.events.stall-max", "8s");
        assertThat(bind("meseta.master.events", EventsProperties.class, names))
                .isEqualTo(
                        new EventsProperties(
                                1,
                                2,
                                Duration.ofSeconds(3),
                                Duration.ofMillis(4),
                                5,
                                DataSize.ofMegabytes(6),
                                9,
                                DataSize.ofMegabytes(7),
                                Duration.ofSeconds(8)));
        assertThatThrownBy(() ->
                        bind(
                                "meseta.master.events",
                                EventsProperties.class,
                                Map.of("meseta.master.events.beat-interval", "1ms")))
                .hasRootCauseMessage("meseta.master.events.beat-interval must be at least 200ms");
    }

    @Test
    void refusesLimitsThatLimitNothing() {
        assertThatThrownBy(() ->
                        bind(
                                "meseta.master.calls",
                                DoorsProperties.class,
                                Map.of("meseta.master.calls.readers-max", "0")))
                .hasRootCauseMessage("meseta.master.calls.readers-max must be positive");
    }

    private static <T> T bind(String prefix, Class<T> type, Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate(prefix, type);
    }
}
