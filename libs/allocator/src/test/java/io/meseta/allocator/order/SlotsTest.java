package io.meseta.allocator.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SlotsTest {

    private static final String ABSENT = "-";

    @Test
    void holdsWhatAMapWouldHold() {
        var random = new SplittableRandom(20261122);
        var expected = new HashMap<Integer, String>();
        var slots = Slots.of(ABSENT);
        for (int i = 0; i < 20_000; i++) {
            int number = random.nextInt(1 << random.nextInt(1, 31));
            number = Math.min(number, Slots.NUMBER_MAX);
            if (random.nextInt(3) == 0) {
                expected.remove(number);
                slots = slots.with(number, ABSENT);
            } else {
                expected.put(number, "v" + i);
                slots = slots.with(number, "v" + i);
            }
        }

        for (var entry : expected.entrySet()) {
            assertThat(slots.get(entry.getKey())).isEqualTo(entry.getValue());
        }
        for (int number = 0; number < 50_000; number++) {
            assertThat(slots.get(number)).isEqualTo(expected.getOrDefault(number, ABSENT));
        }
    }

    @Test
    void leavesTheOlderAsItWas() {
        var before = Slots.of(ABSENT).with(3, "a");

        var after = before.with(3, "b").with(100_000, "c").with(3, ABSENT);

        assertThat(before.get(3)).isEqualTo("a");
        assertThat(before.get(100_000)).isEqualTo(ABSENT);
        assertThat(after.get(3)).isEqualTo(ABSENT);
        assertThat(after.get(100_000)).isEqualTo("c");
    }

    @Test
    void refusesNumbersThatAreNone() {
        assertThatThrownBy(() -> Slots.of(ABSENT).with(-1, "a"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Slots.of(ABSENT).with(Slots.NUMBER_MAX + 1, "a"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Slots.of(ABSENT).get(Slots.NUMBER_MAX)).isEqualTo(ABSENT);
    }
}
