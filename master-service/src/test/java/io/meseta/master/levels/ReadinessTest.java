package io.meseta.master.levels;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.reign.FeatureLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ReadinessTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Optional<FeatureLevel> TWO = Optional.of(new FeatureLevel(2));

    @Test
    void countsFromTheFirstLook() {
        var first = Readiness.next(Optional.empty(), TWO, NOON);

        var later = Readiness.next(first, TWO, NOON.plusSeconds(60));

        assertThat(later).isEqualTo(first);
        assertThat(later.orElseThrow().due(Duration.ofHours(1)))
                .isEqualTo(NOON.plus(Duration.ofHours(1)));
    }

    @Test
    void beginsAnewOnceOneWasNotReady() {
        var first = Readiness.next(Optional.empty(), TWO, NOON);

        var without = Readiness.next(first, Optional.empty(), NOON.plusSeconds(60));
        var again = Readiness.next(without, TWO, NOON.plusSeconds(120));

        assertThat(without).isEmpty();
        assertThat(again.orElseThrow().since()).isEqualTo(NOON.plusSeconds(120));
    }

    @Test
    void beginsAnewForAnotherLevel() {
        var first = Readiness.next(Optional.empty(), TWO, NOON);

        var other = Readiness.next(first, Optional.of(new FeatureLevel(3)), NOON.plusSeconds(60));

        assertThat(other.orElseThrow().since()).isEqualTo(NOON.plusSeconds(60));
    }
}
