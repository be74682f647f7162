package io.meseta.master.levels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

final class LevelsPropertiesTest {

    @Test
    void waitsAnHourIfNobodySaysOtherwise() {
        assertThat(bound(Map.of())).isEqualTo(new LevelsProperties(true, Duration.ofHours(1)));
    }

    @Test
    void takesWhatIsSaid() {
        var said =
                Map.of(
                        "meseta.master.levels.automatic", "false",
                        "meseta.master.levels.delay", "2d");

        assertThat(bound(said)).isEqualTo(new LevelsProperties(false, Duration.ofDays(2)));
    }

    @Test
    void refusesWhatCannotWork() {
        assertThatThrownBy(() -> bound(Map.of("meseta.master.levels.delay", "-1s")))
                .rootCause()
                .hasMessageContaining("meseta.master.levels.delay is negative");
    }

    private static LevelsProperties bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("meseta.master.levels", LevelsProperties.class);
    }
}
