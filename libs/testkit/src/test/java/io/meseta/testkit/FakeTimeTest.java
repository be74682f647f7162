package io.meseta.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class FakeTimeTest {

    @Test
    void movesBothClocksTogether() {
        var time = new FakeTime();
        var start = time.instant();

        time.advance(Duration.ofSeconds(2));

        assertThat(time.instant()).isEqualTo(start.plusSeconds(2));
        assertThat(time.nanos()).isEqualTo(2_000_000_000L);
    }

    @Test
    void refusesToGoBack() {
        assertThatThrownBy(() -> new FakeTime().advance(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
