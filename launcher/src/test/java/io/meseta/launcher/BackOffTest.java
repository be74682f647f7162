package io.meseta.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BackOffTest {

    @Test
    void doublesUpToABoundAndForgetsAfterStability() {
        var backOff = new BackOff();

        assertThat(backOff.after(Duration.ZERO)).isEqualTo(BackOff.FIRST);
        assertThat(backOff.after(Duration.ZERO)).isEqualTo(BackOff.FIRST.multipliedBy(2));
        for (int death = 0; death < 20; death++) {
            assertThat(backOff.after(Duration.ZERO)).isLessThanOrEqualTo(BackOff.MAX);
        }
        assertThat(backOff.after(Duration.ZERO)).isEqualTo(BackOff.MAX);
        assertThat(backOff.after(BackOff.STABLE)).isEqualTo(BackOff.FIRST);
        assertThat(backOff.after(Duration.ZERO)).isEqualTo(BackOff.FIRST.multipliedBy(2));
    }
}
