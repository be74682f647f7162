package io.meseta.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// The laws of resource arithmetic, on many random bags.
class ResourcesProperties {

    private static final long SEED = 20261122;

    private static final int ROUNDS = 3000;

    @Test
    void givesBackWhatWasPutIn() {
        forEachSeed(any -> {
            var before = any.next();
            var more = withoutWhatUnites(before, any.next());

            assertThat(before.plus(more).minus(more)).isEqualTo(before);
        });
    }

    @Test
    void addsInAnyOrder() {
        forEachSeed(any -> {
            var first = any.next();
            var second = any.next();
            var third = any.next();

            assertThat(first.plus(second)).isEqualTo(second.plus(first));
            assertThat(first.plus(second).plus(third)).isEqualTo(first.plus(second.plus(third)));
        });
    }

    @Test
    void containsWhatItCanSpareAndNothingElse() {
        forEachSeed(any -> {
            var whole = any.next();
            var part = any.next();

            var left = whole.minusIfContained(part);

            assertThat(left.isPresent()).isEqualTo(whole.contains(part));
            if (left.isPresent()) {
                assertThat(left.get().plus(part)).isEqualTo(whole);
            } else {
                assertThatThrownBy(() -> whole.minus(part))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        });
    }

    @Test
    void containsEachOfItsPartsAndItself() {
        forEachSeed(any -> {
            var first = any.next();
            var second = any.next();

            assertThat(first.plus(second).contains(first)).isTrue();
            assertThat(first.contains(first)).isTrue();
            assertThat(first.minus(first)).isEqualTo(Resources.EMPTY);
            assertThat(first.contains(Resources.EMPTY)).isTrue();
        });
    }

    @Test
    void leavesWhatTheOtherDoesNotCover() {
        forEachSeed(any -> {
            var whole = any.next();
            var part = any.next();

            var left = whole.without(part);

            assertThat(whole.contains(left)).isTrue();
            assertThat(part.contains(whole.minus(left))).isTrue();
            if (whole.contains(part)) assertThat(left).isEqualTo(whole.minus(part));
        });
    }

    @Test
    void readsWhatItPrints() {
        forEachSeed(any -> {
            var plain = any.next().unreserved().filter(resource -> !resource.kind().revocable());

            assertThat(Resources.parse(plain.toString())).isEqualTo(plain);
        });
    }

    @Test
    void splitsIntoReservedAndUnreserved() {
        forEachSeed(any -> {
            var whole = any.next();

            var reserved = whole.filter(resource -> resource.kind().isReserved());

            assertThat(whole.unreserved().plus(reserved)).isEqualTo(whole);
            assertThat(whole.reservedTo(new Role("dev")))
                    .isEqualTo(whole.allocatableTo(new Role("dev")).minus(whole.unreserved()));
            assertThat(whole.allocatableTo(new Role("dev/web/x"))).isEqualTo(whole);
        });
    }

    @Test
    void comparesKindsAsATotalOrder() {
        forEachSeed(any -> {
            var kinds = any.next().plus(any.next()).kinds();

            assertThat(kinds).isSorted().doesNotHaveDuplicates();
        });
    }

    @Test
    void losesNoThousandthOnTheWire() {
        var random = new SplittableRandom(SEED);
        long max = Scalar.WIRE_MAX * 1000;
        for (int i = 0; i < 200_000; i++) {
            // Small values and those near the limit, in equal parts.
            long value =
                    switch (i % 3) {
                        case 0 -> random.nextLong(100_000);
                        case 1 -> random.nextLong(max + 1);
                        default -> max - random.nextLong(100_000);
                    };

            var scalar = new Scalar(value);

            assertThat(Scalar.ofWire(scalar.toWire())).isEqualTo(scalar);
            assertThat(Scalar.ofWire(Double.parseDouble(scalar.toString()))).isEqualTo(scalar);
        }
    }

    @Test
    void joinsRangesAsSetsOfNumbers() {
        forEachSeed(any -> {
            var left = any.ranges();
            var right = any.ranges();

            var sum = left.plus(right);

            for (long number = 0; number < 80; number++) {
                var one = Ranges.of(number, number);
                assertThat(sum.contains(one)).isEqualTo(left.contains(one) || right.contains(one));
            }
            assertThat(sum.plus(sum)).isEqualTo(sum);
            if (left.contains(right)) {
                var rest = left.minus(right);
                assertThat(rest.count()).isEqualTo(left.count() - right.count());
                for (long number = 0; number < 80; number++) {
                    var one = Ranges.of(number, number);
                    assertThat(rest.contains(one))
                            .isEqualTo(left.contains(one) && !right.contains(one));
                }
            }
        });
    }

    /// Ranges and sets unite, so what both bags name would not come back.
    private static Resources withoutWhatUnites(Resources before, Resources more) {
        return more.filter(resource ->
                resource.amount() instanceof Scalar
                        || before.kinds().stream().noneMatch(resource.kind()::equals));
    }

    private static void forEachSeed(Consumer<RandomResources> law) {
        for (int round = 0; round < ROUNDS; round++) {
            long seed = SEED + round;
            try {
                law.accept(new RandomResources(new SplittableRandom(seed)));
            } catch (AssertionError | RuntimeException broken) {
                throw new AssertionError("broken with seed " + seed, broken);
            }
        }
    }
}
