package io.meseta.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.model.Ranges.Range;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTest {

    private static final long MAX = Long.MAX_VALUE;

    @ParameterizedTest
    @CsvSource({
        "0.1,100",
        "0.0004,0",
        "0.0005,1",
        "1.0049999,1005",
        "3.14159,3142",
        "1e12,1000000000000000"
    })
    void roundsAWireValueToAThousandth(double wire, long thousandths) {
        assertThat(Scalar.ofWire(wire)).isEqualTo(new Scalar(thousandths));
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                -0.001,
                1.1e12,
                Double.MAX_VALUE
            })
    void refusesAWireValueThatIsNoAmount(double wire) {
        assertThatThrownBy(() -> Scalar.ofWire(wire))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not supported");
    }

    @Test
    void printsScalarsWithoutNeedlessZeros() {
        assertThat(new Scalar(4000)).hasToString("4");
        assertThat(new Scalar(250)).hasToString("0.25");
        assertThat(new Scalar(1)).hasToString("0.001");
    }

    @Test
    void refusesASumThatOverflows() {
        assertThatThrownBy(() -> new Scalar(MAX).plus(new Scalar(1)))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void doesNotMixTypes() {
        var number = new Scalar(1);
        var ports = Ranges.of(1, 2);
        var disks = Items.of(List.of("a"));

        assertThatThrownBy(() -> number.plus(ports)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ports.minus(disks)).isInstanceOf(IllegalArgumentException.class);
        assertThat(number.contains(ports)).isFalse();
        assertThat(ports.contains(disks)).isFalse();
        assertThat(disks.contains(number)).isFalse();
    }

    @Test
    void joinsRangesThatTouchOrOverlap() {
        var joined =
                new Ranges(
                        List.of(
                                new Range(7, 9),
                                new Range(1, 3),
                                new Range(4, 5),
                                new Range(2, 4)));

        assertThat(joined).hasToString("[1-5,7-9]");
    }

    @Test
    void calculatesAtTheEndOfTheNumbers() {
        var last = Ranges.of(MAX, MAX);
        var tail = Ranges.of(MAX - 2, MAX);

        assertThat(tail.minus(last)).isEqualTo(Ranges.of(MAX - 2, MAX - 1));
        assertThat(tail.minus(tail).isEmpty()).isTrue();
        assertThat(tail.minus(last).plus(last)).isEqualTo(tail);
        assertThat(last.plus(Ranges.of(0, 0))).hasToString("[0-0,%d-%d]".formatted(MAX, MAX));
        assertThat(Ranges.of(0, MAX).minus(Ranges.of(5, 5)))
                .hasToString("[0-4,6-%d]".formatted(MAX));
        assertThat(Ranges.of(0, MAX).count()).isEqualTo(MAX);
        assertThat(Ranges.of(0, MAX).plus(tail)).isEqualTo(Ranges.of(0, MAX));
    }

    @Test
    void refusesARangeThatIsNone() {
        assertThatThrownBy(() -> new Range(2, 1)).hasMessage("[2-1] is not a range");
        assertThatThrownBy(() -> new Range(-1, -1))
                .hasMessage("[18446744073709551615-18446744073709551615] is not a range");
    }

    @Test
    void takesItemsOnlyFromASetThatHasThem() {
        var both = Items.of(List.of("b", "a"));

        assertThat(both).hasToString("{a,b}");
        assertThat(both.minus(Items.of(List.of("a")))).hasToString("{b}");
        assertThatThrownBy(() -> both.minus(Items.of(List.of("c"))))
                .hasMessage("{a,b} does not contain {c}");
    }
}
