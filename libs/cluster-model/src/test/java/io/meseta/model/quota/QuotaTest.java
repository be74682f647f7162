package io.meseta.model.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.model.Resources;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class QuotaTest {

    @Test
    void refusesGuaranteesBeyondTheLimits() {
        assertThatThrownBy(() -> new Quota(quantities(Map.of("cpus", 5L)), limits("cpus", 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesGuaranteesOfWhatIsNotLimited() {
        var quota = new Quota(quantities(Map.of("mem", 5L)), limits("cpus", 0));

        assertThat(quota.isNone()).isFalse();
        assertThat(quota.limits().contains(quantities(Map.of("mem", 9L)))).isTrue();
        assertThat(quota.limits().contains(quantities(Map.of("cpus", 1L)))).isFalse();
    }

    @Test
    void isNoneWithoutAnyAmount() {
        assertThat(new Quota(quantities(Map.of("cpus", 0L)), Limits.NONE).isNone()).isTrue();
        assertThat(new Quota(Quantities.NONE, limits("cpus", 0)).isNone()).isFalse();
    }

    @Test
    void limitsAtMostWhatIsLimitedAbove() {
        assertThat(limits("cpus", 2).areWithin(limits("cpus", 2))).isTrue();
        assertThat(limits("cpus", 3).areWithin(limits("cpus", 2))).isFalse();
        assertThat(Limits.NONE.areWithin(limits("cpus", 2))).isTrue();
        assertThat(limits("cpus", 3).areWithin(Limits.NONE)).isTrue();
    }

    @Test
    void saysHowMuchALimitLeaves() {
        var had = quantities(Map.of("cpus", 3L));

        assertThat(limits("cpus", 5).left("cpus", had)).isEqualTo(2);
        assertThat(limits("cpus", 2).left("cpus", had)).isZero();
        assertThat(limits("cpus", 2).left("mem", had)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void countsScalarsOfEveryKindAndTheValuesOfRangesAndSets() {
        var resources = Resources.parse("cpus:1.5;cpus(eng):2;ports:[1-10,20-20];disks:{a,b}");

        assertThat(Quantities.of(resources).toString()).isEqualTo("cpus:3.5");
        assertThat(Quantities.counting(resources).toString())
                .isEqualTo("cpus:3.5; disks:2; ports:11");
    }

    @Test
    void addsAndTakesAwayNameByName() {
        var some = quantities(Map.of("cpus", 3L, "mem", 1L));
        var more = quantities(Map.of("cpus", 1L, "disk", 2L));

        assertThat(some.plus(more))
                .isEqualTo(quantities(Map.of("cpus", 4L, "disk", 2L, "mem", 1L)));
        assertThat(some.plus(more).minus(more)).isEqualTo(some);
        assertThat(some.without(more)).isEqualTo(quantities(Map.of("cpus", 2L, "mem", 1L)));
        assertThat(some.max(more)).isEqualTo(quantities(Map.of("cpus", 3L, "disk", 2L, "mem", 1L)));
        assertThat(some.contains(more)).isFalse();
        assertThat(some.plus(more).contains(more)).isTrue();
    }

    @Test
    void neverOverflows() {
        var huge = quantities(Map.of("cpus", Long.MAX_VALUE));

        assertThat(huge.plus(huge)).isEqualTo(huge);
    }

    @Test
    void printsNothingAsBraces() {
        assertThat(Quantities.NONE.toString()).isEqualTo("{}");
        assertThat(Limits.NONE.toString()).isEqualTo("{}");
        assertThat(limits("cpus", 1500).toString()).isEqualTo("cpus:1.5");
    }

    private static Quantities quantities(Map<String, Long> amounts) {
        return Quantities.of(amounts);
    }

    private static Limits limits(String name, long amount) {
        return new Limits(new TreeMap<>(Map.of(name, amount)));
    }
}
