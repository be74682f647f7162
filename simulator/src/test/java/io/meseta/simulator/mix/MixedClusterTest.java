package io.meseta.simulator.mix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class MixedClusterTest {

    private static final int PART = 20;

    @Test
    void placesAllTasksOfASmallMix() {
        var mix = Mix.part(PART);

        var outcome = new MixedCluster(1, mix).run();

        assertThat(outcome.tasks()).isEqualTo(mix.tasks());
        assertThat(outcome.launches()).isEqualTo(mix.tasks());
    }

    @Test
    void placesAgainWhatStormsDestroy() {
        var mix = Mix.part(PART);

        var outcome = new MixedCluster(2, mix).run(3);

        assertThat(outcome.tasks()).isEqualTo(mix.tasks());
        assertThat(outcome.launches()).isGreaterThan(mix.tasks());
    }

    @Test
    void doesTheSameAgainUnderTheSameSeed() {
        var first = new MixedCluster(7, Mix.part(50)).run(1);

        var second = new MixedCluster(7, Mix.part(50)).run(1);

        assertThat(second).isEqualTo(first);
    }

    @Test
    void isAsLargeAsTheMixThatMesosMeasures() {
        var mix = Mix.whole();

        assertThat(mix.agents()).isEqualTo(80);
        assertThat(mix.frameworks()).isEqualTo(554);
        assertThat(mix.tasks()).isEqualTo(19_500);
    }

    @Test
    @Tag("long")
    void placesAllNineteenThousandFiveHundred() {
        var outcome = new MixedCluster(1, Mix.whole()).run();

        assertThat(outcome.tasks()).isEqualTo(19_500);
        assertThat(outcome.launches()).isEqualTo(19_500);
    }

    @Test
    @Tag("long")
    void placesThemAllAgainAfterStorms() {
        var outcome = new MixedCluster(3, Mix.whole()).run(3);

        assertThat(outcome.tasks()).isEqualTo(19_500);
    }
}
