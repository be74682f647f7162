package io.meseta.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class AwaitTest {

    private static final Await BRIEFLY = Await.within(Duration.ofMillis(50));

    @Test
    void returnsOnceTheConditionHolds() {
        var asked = new AtomicInteger();

        Await.shortly().until("the third time", () -> asked.incrementAndGet() == 3);

        assertThat(asked).hasValue(3);
    }

    @Test
    void returnsTheValueThatAppears() {
        var asked = new AtomicInteger();

        var value =
                Await.shortly()
                        .value(
                                "the second time",
                                () -> Optional.of(asked.incrementAndGet()).filter(n -> n == 2));

        assertThat(value).isEqualTo(2);
    }

    @Test
    void saysWhatItWaitedFor() {
        assertThatThrownBy(() -> BRIEFLY.until("pigs fly", () -> false))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("until pigs fly");
    }

    @Test
    void saysWhatStoodInTheWayAtLast() {
        assertThatThrownBy(() -> BRIEFLY.passes("one is two", () -> assertThat(1).isEqualTo(2)))
                .hasMessageContaining("one is two; at last:")
                .hasCauseInstanceOf(AssertionError.class);
    }

    @Test
    void stopsWhenInterruptedAndSaysSo() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Await.shortly().until("never", () -> false))
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }
}
