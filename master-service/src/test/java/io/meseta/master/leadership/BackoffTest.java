package io.meseta.master.leadership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BackoffTest {

    @Test
    void waitsLongerEachTimeWithinBounds() {
        var backoff = new Backoff(new Random(1));

        for (int i = 0; i < 100; i++) {
            long bound = Math.min(2_000, 50L << Math.min(i, 10));
            var pause = backoff.pause();
            assertThat(pause).isBetween(Duration.ofMillis(bound / 2), Duration.ofMillis(bound));
        }
    }

    @Test
    void beginsAnewAfterASuccess() {
        var backoff = new Backoff(new Random(1));
        for (int i = 0; i < 10; i++) backoff.pause();

        backoff.reset();

        assertThat(backoff.pause()).isLessThanOrEqualTo(Duration.ofMillis(50));
    }
}
