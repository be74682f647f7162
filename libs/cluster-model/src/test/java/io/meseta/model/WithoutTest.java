package io.meseta.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is left when something goes of which there may be more.
class WithoutTest {

    @Test
    void keepsWhatOnlyTheFirstHasAndPassesOverWhatItLacks() {
        var some = Resources.parse("cpus:4;disk:5;mem:8;ports:[1-9]");
        var more = Resources.parse("a:1;cpus:9;gpus:1;mem:3;ports:[5-20];z:1");

        assertThat(some.without(more)).isEqualTo(Resources.parse("disk:5;mem:5;ports:[1-4]"));
        assertThat(more.without(some))
                .isEqualTo(Resources.parse("a:1;cpus:5;gpus:1;ports:[10-20];z:1"));
        assertThat(some.without(Resources.EMPTY)).isEqualTo(some);
        assertThat(Resources.EMPTY.without(some).isEmpty()).isTrue();
    }

    @Test
    void takesCopiesOfWhatIsShared() {
        var volume = volume();
        var two = Resources.of(volume, volume);
        var three = Resources.of(volume, volume, volume);
        var cpus = Resources.parse("cpus:1");

        assertThat(two.copies(volume.kind())).isEqualTo(2);
        assertThat(cpus.copies(volume.kind())).isZero();
        assertThat(three.without(two.plus(cpus)).copies(volume.kind())).isEqualTo(1);
        assertThat(two.without(three.plus(cpus)).isEmpty()).isTrue();
        assertThat(two.without(cpus)).isEqualTo(two);
    }

    @Test
    void isUntouchedByAnAmountOfAnotherType() {
        var scalar = Amount.parse("5");
        var ranges = Amount.parse("[1-9]");
        var items = Amount.parse("{a,b}");

        assertThat(scalar.without(ranges)).isEqualTo(scalar);
        assertThat(ranges.without(items)).isEqualTo(ranges);
        assertThat(items.without(scalar)).isEqualTo(items);
        assertThat(scalar.without(Amount.parse("7"))).isEqualTo(Scalar.ZERO);
        assertThat(scalar.contains(ranges)).isFalse();
        assertThat(ranges.contains(items)).isFalse();
        assertThat(items.contains(scalar)).isFalse();
    }

    @Test
    void isOrderedAndEqualLikeAnyValue() {
        var some = Resources.parse("cpus:4;mem:8");
        var same =
                Resources.of(
                        List.of(Resource.scalar("mem", 8_000), Resource.scalar("cpus", 4_000)));

        assertThat(some).isEqualTo(same).hasSameHashCodeAs(same);
        assertThat(some.hashCode()).isNotEqualTo(Resources.parse("cpus:4;mem:9").hashCode());
        assertThat(Resources.ofScalars(4, 8)).isEqualTo(some);
        assertThat(new Role("a")).isLessThan(new Role("b"));
        assertThat(Role.problem(" a")).isPresent();
        assertThatThrownBy(() -> Resources.parse("(eng):1"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Resource volume() {
        var disk =
                new Disk(
                        Optional.of(
                                new Disk.Persistence("v1", Optional.empty(), "data", Disk.Mode.RW)),
                        Optional.empty());
        var kind =
                new ResourceKind(
                        "disk",
                        List.of(Reservation.ofDynamic(new Role("dev"))),
                        Optional.of(disk),
                        false,
                        true,
                        Optional.empty());
        return new Resource(kind, new Scalar(64_000));
    }
}
