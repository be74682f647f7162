package io.meseta.model.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.model.Resources;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuantitiesTest {

    private static final Quantities SOME = Quantities.of(Map.of("cpus", 2L, "mem", 1L));

    @Test
    void keepEveryNameOfSeveral() {
        var resources = Resources.parse("cpus:1;mem:2;disk:3;ports:[1-2]");

        assertThat(Quantities.of(resources).byName())
                .containsExactly(
                        Map.entry("cpus", 1_000L),
                        Map.entry("disk", 3_000L),
                        Map.entry("mem", 2_000L));
        assertThat(Quantities.of(Resources.EMPTY)).isSameAs(Quantities.NONE);
        assertThat(Quantities.of(Resources.parse("ports:[1-2]"))).isSameAs(Quantities.NONE);
    }

    @Test
    void takeTheLargestPartForTheirShare() {
        var total = Quantities.of(Map.of("cpus", 4L, "disk", 9L, "mem", 10L));

        assertThat(SOME.shareOf(total)).isEqualTo(0.5);
        assertThat(Quantities.of(Map.of("mem", 9L, "cpus", 1L)).shareOf(total)).isEqualTo(0.9);
        assertThat(Quantities.of(Map.of("disk", 18L)).shareOf(total)).isEqualTo(2);
    }

    @Test
    void haveNoShareOfWhatIsNotThere() {
        var total = Quantities.of(Map.of("disk", 4L, "gpus", 4L));

        assertThat(Quantities.of(Map.of("a", 1L)).shareOf(total)).isZero();
        assertThat(Quantities.of(Map.of("z", 1L)).shareOf(total)).isZero();
        assertThat(Quantities.of(Map.of("a", 1L, "gpus", 1L)).shareOf(total)).isEqualTo(0.25);
        assertThat(SOME.shareOf(Quantities.NONE)).isZero();
        assertThat(Quantities.NONE.shareOf(total)).isZero();
    }

    @Test
    void areEqualByNamesAndAmounts() {
        var same = Quantities.of(Map.of("mem", 1L, "cpus", 2L, "disk", 0L));

        assertThat(SOME).isEqualTo(same).hasSameHashCodeAs(same);
        assertThat(SOME).isNotEqualTo(Quantities.of(Map.of("cpus", 2L, "mem", 2L)));
        assertThat(SOME).isNotEqualTo(Quantities.of(Map.of("cpus", 2L, "gpus", 1L)));
        assertThat(SOME.hashCode())
                .isNotEqualTo(Quantities.of(Map.of("cpus", 1L, "mem", 1L)).hashCode())
                .isNotEqualTo(Quantities.of(Map.of("cpus", 2L, "gpus", 1L)).hashCode());
    }

    @Test
    void leaveNothingOfWhatIsTakenAwayWhole() {
        assertThat(SOME.minus(SOME)).isSameAs(Quantities.NONE);
        assertThat(SOME.without(SOME)).isSameAs(Quantities.NONE);
        assertThat(SOME.plus(Quantities.NONE)).isSameAs(SOME);
        assertThat(Quantities.NONE.plus(SOME)).isSameAs(SOME);
        assertThat(SOME.minus(Quantities.of(Map.of("cpus", 2L))).byName())
                .containsExactly(Map.entry("mem", 1L));
    }

    @Test
    void canBeLessThanNothingUntilThatIsLeftOut() {
        var less = Quantities.NONE.minus(SOME);

        assertThat(less.amount("cpus")).isEqualTo(-2);
        assertThat(less.plus(SOME)).isSameAs(Quantities.NONE);
        assertThat(Quantities.NONE.without(SOME)).isSameAs(Quantities.NONE);
        assertThat(SOME.without(Quantities.of(Map.of("cpus", 5L))))
                .isEqualTo(Quantities.of(Map.of("mem", 1L)));
    }

    @Test
    void refuseANegativeAmount() {
        assertThatThrownBy(() -> Quantities.of(Map.of("cpus", -1L)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The amount of cpus is negative");
    }
}
