package io.meseta.master.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.master.about.AboutProperties;
import io.meseta.master.links.LinksProperties;
import java.time.Duration;
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
                        new DoorsProperties(DataSize.ofMegabytes(16), Duration.ofSeconds(30), 4));
        assertThat(bind("meseta.master.links", LinksProperties.class, Map.of()))
                .isEqualTo(
                        new LinksProperties(
                                Duration.ofSeconds(15),
                                DataSize.ofMegabytes(8),
                                Duration.ofSeconds(30),
                                10_000,
                                20_000));
        assertThat(bind("meseta.master.advertise", AboutProperties.class, Map.of()).host())
                .isEqualTo("127.0.0.1");
    }

    @Test
    void hasTheseNames() {
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
