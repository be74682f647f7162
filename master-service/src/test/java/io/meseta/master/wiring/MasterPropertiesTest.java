package io.meseta.master.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.master.journal.Snapshots;
import io.meseta.master.leadership.Leadership.Address;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

/// Pins names and defaults: they are a promise to whoever wrote a configuration.
final class MasterPropertiesTest {

    @Test
    void hasItsDefaults() {
        var properties = bound(Map.of());

        assertThat(properties.lease()).isEqualTo(Duration.ofSeconds(3));
        assertThat(properties.databaseWait()).isEqualTo(Duration.ofSeconds(60));
        assertThat(properties.journal().timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(properties.journal().retention()).isEqualTo(Duration.ofDays(30));
        assertThat(properties.snapshot().rule()).isEqualTo(new Snapshots.Rule(20_000, 64L << 20));
        assertThat(properties.advertise().address(5050)).isEqualTo(new Address("127.0.0.1", 5050));
    }

    @Test
    void hasItsNames() {
        var properties =
                bound(
                        Map.of(
                                "meseta.master.lease", "2s",
                                "meseta.master.database-wait", "10s",
                                "meseta.master.journal.timeout", "4s",
                                "meseta.master.journal.retention", "7d",
                                "meseta.master.snapshot.entries", "10",
                                "meseta.master.snapshot.size", "1KB",
                                "meseta.master.advertise.host", "master.example",
                                "meseta.master.advertise.port", "80"));

        assertThat(properties)
                .isEqualTo(
                        new MasterProperties(
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(10),
                                new MasterProperties.Journalling(
                                        Duration.ofSeconds(4), Duration.ofDays(7)),
                                new MasterProperties.Snapshotting(
                                        10, DataSize.ofKilobytes(1)),
                                new MasterProperties.Advertised("master.example", 80)));
    }

    @Test
    void refusesWhatCannotWork() {
        refuses("meseta.master.lease", "100ms");
        refuses("meseta.master.lease", "10m");
        refuses("meseta.master.journal.timeout", "1ms");
        refuses("meseta.master.journal.retention", "-1d");
        refuses("meseta.master.snapshot.entries", "0");
        refuses("meseta.master.advertise.port", "70000");
        refuses("meseta.master.advertise.host", " ");
    }

    private static void refuses(String name, String value) {
        assertThatThrownBy(() -> bound(Map.of(name, value)))
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .rootCause()
                .hasMessageContaining(name);
    }

    private static MasterProperties bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("meseta.master", MasterProperties.class);
    }
}
