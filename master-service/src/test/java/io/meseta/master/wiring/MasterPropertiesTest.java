package io.meseta.master.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.allocator.rule.Sorter;
import io.meseta.master.core.offer.OfferTerms;
import io.meseta.master.core.reign.Terms;
import io.meseta.master.journal.Snapshots;
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
        assertThat(properties.journal().sizeMax()).isEqualTo(DataSize.ofBytes(0));
        assertThat(properties.snapshot().gapMax()).isEqualTo(200_000);
        assertThat(properties.snapshot().rule()).isEqualTo(new Snapshots.Rule(20_000, 64L << 20));
        assertThat(properties.terms().toTerms()).isEqualTo(Terms.DEFAULT);
        assertThat(properties.offers().toTerms())
                .isEqualTo(new OfferTerms(Sorter.DRF, Duration.ofMinutes(1), 1));
    }

    @Test
    void hasItsNames() {
        var properties =
                bound(
                        Map.ofEntries(
                                Map.entry("meseta.master.lease", "2s"),
                                Map.entry("meseta.master.database-wait", "10s"),
                                Map.entry("meseta.master.journal.timeout", "4s"),
                                Map.entry("meseta.master.journal.retention", "7d"),
                                Map.entry("meseta.master.journal.size-max", "3GB"),
                                Map.entry("meseta.master.snapshot.gap-max", "99"),
                                Map.entry("meseta.master.snapshot.entries", "10"),
                                Map.entry("meseta.master.snapshot.size", "1KB"),
                                Map.entry("meseta.master.terms.agent-silence-max", "20s"),
                                Map.entry("meseta.master.terms.agent-grace", "30s"),
                                Map.entry("meseta.master.terms.framework-grace", "40s"),
                                Map.entry(
                                        "meseta.master.terms.agent-removal-rate-limit", "2/10mins"),
                                Map.entry("meseta.master.standby.lag-max", "3s"),
                                Map.entry("meseta.master.offers.timeout", "50s"),
                                Map.entry("meseta.master.offers.sorter", "random"),
                                Map.entry("meseta.master.offers.outstanding-max", "0.5"),
                                Map.entry("meseta.master.offers.gang-timeout", "20s"),
                                Map.entry("meseta.master.offers.maintenance-horizon", "3h")));

        assertThat(properties)
                .isEqualTo(
                        new MasterProperties(
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(10),
                                new MasterProperties.Journalling(
                                        Duration.ofSeconds(4),
                                        Duration.ofDays(7),
                                        DataSize.ofGigabytes(3)),
                                new MasterProperties.Snapshotting(10, DataSize.ofKilobytes(1), 99),
                                new MasterProperties.Waiting(
                                        Duration.ofSeconds(20),
                                        Duration.ofSeconds(30),
                                        Duration.ofSeconds(40),
                                        "2/10mins"),
                                new MasterProperties.Following(Duration.ofSeconds(3)),
                                new MasterProperties.Offering(
                                        Duration.ofSeconds(50),
                                        Sorter.RANDOM,
                                        0.5,
                                        Duration.ofSeconds(20),
                                        Duration.ofHours(3))));
    }

    @Test
    void refusesWhatCannotWork() {
        refuses("meseta.master.lease", "100ms");
        refuses("meseta.master.lease", "10m");
        refuses("meseta.master.journal.timeout", "1ms");
        refuses("meseta.master.journal.retention", "-1d");
        refuses("meseta.master.journal.size-max", "-1B");
        refuses("meseta.master.snapshot.entries", "0");
        refuses("meseta.master.snapshot.gap-max", "0");
        refuses("meseta.master.terms.agent-silence-max", "0s");
        refuses("meseta.master.terms.agent-grace", "-1s");
        refuses("meseta.master.offers.timeout", "-1s");
        refuses("meseta.master.offers.outstanding-max", "0");
        refuses("meseta.master.offers.outstanding-max", "1.5");
        refuses("meseta.master.offers.gang-timeout", "0s");
        refuses("meseta.master.offers.gang-timeout", "2h");
        refuses("meseta.master.offers.maintenance-horizon", "-1s");
        refuses("meseta.master.offers.maintenance-horizon", "366d");
        refuses("meseta.master.terms.agent-removal-rate-limit", "1 in 10 minutes");
        refuses("meseta.master.standby.lag-max", "0s");
    }

    @Test
    void spreadsTheAgentsThatAreGivenUpEvenly() {
        assertThat(RemovalRate.pause("")).isZero();
        assertThat(RemovalRate.pause("1/10mins")).isEqualTo(Duration.ofMinutes(10));
        assertThat(RemovalRate.pause("3/1hrs")).isEqualTo(Duration.ofMinutes(20));
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
