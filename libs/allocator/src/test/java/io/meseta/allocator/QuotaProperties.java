package io.meseta.allocator;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.model.Resources;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What quota promises, on many random histories.
class QuotaProperties {

    private static final long SEED = 20261123;

    private static final int HISTORIES = 120;

    private static final int STEPS = 60;

    private static final List<String> NAMES = List.of("cpus", "mem", "gpus");

    @Test
    void grantsExactlyWhatTheReferenceDoes() {
        forEachStep(history -> {
            var expected = history.reference.allocate(7);

            var granted = history.reference.rebuilt().allocate(7);

            assertThat(granted).isEqualTo(expected);
            history.allocate(7);
        });
    }

    @Test
    void leavesNothingThatSomeoneCouldTake() {
        var random = new SplittableRandom(SEED);
        forEachStep(history -> {
            history.allocate(random.nextLong());

            assertThat(history.reference.allocate(3)).isEmpty();
            assertThat(history.pool.allocate(3)).isEmpty();
        });
    }

    @Test
    void grantsTheSameToEqualPools() {
        forEachStep(history -> {
            var pool = history.pool;

            assertThat(history.allocate(5)).isEqualTo(pool.allocate(5));
        });
    }

    @Test
    void neverGrantsBeyondALimit() {
        forEachStep(history -> {
            var before = new TreeMap<String, Long>();
            for (var role : history.reference.quotas.keySet()) {
                for (var name : NAMES) {
                    before.put(role + " " + name, quotas(history).consumed(role, name));
                }
            }
            history.allocate(11);

            history.reference.quotas.forEach((role, quota) ->
                    quota.limits()
                            .amounts()
                            .forEach((name, limit) -> {
                                long after = quotas(history).consumed(role, name);
                                long most =
                                        Math.max(limit, before.getOrDefault(role + " " + name, 0L));
                                assertThat(after).as(role + " " + name).isLessThanOrEqualTo(most);
                            }));
        });
    }

    @Test
    void keepsFreeWhatIsGuaranteedAndNotYetHad() {
        forEachStep(history -> {
            var before = new TreeMap<String, Long>();
            for (var name : NAMES) before.put(name, surplus(history, name));
            history.allocate(13);

            for (var name : quotas(history).required().keySet()) {
                long least = Math.min(0, before.getOrDefault(name, 0L));
                assertThat(surplus(history, name)).as(name).isGreaterThanOrEqualTo(least);
            }
        });
    }

    @Test
    void explainsWhyNothingIsGranted() {
        forEachStep(history -> {
            history.allocate(3);
            for (var member : history.reference.members.entrySet()) {
                for (var role : member.getValue().traits().roles()) {
                    var explanation =
                            history.pool.explain(
                                    member.getKey(), role, Resources.parse("cpus:0.01"));

                    assertThat(explanation.fitting()).isEmpty();
                }
            }
        });
    }

    @Test
    void hasNothingAgainstWhatItGrants() {
        forEachStep(history -> {
            var grants = history.pool.allocate(3);
            if (!grants.isEmpty()) {
                // Later grants are of what the first has left, here and in the headroom.
                var grant = grants.getFirst();
                var explanation =
                        history.pool.explain(grant.framework(), grant.role(), grant.resources());

                var all = new TreeSet<>(explanation.fitting());
                if (grants.size() == 1) assertThat(all).contains(grant.agent());
            }
            history.allocate(3);
        });
    }

    private static long surplus(RandomHistory history, String name) {
        return quotas(history).spare(name) - quotas(history).required().getOrDefault(name, 0L);
    }

    private static ReferenceQuotas quotas(RandomHistory history) {
        return new ReferenceQuotas(history.reference, List.of());
    }

    private static void forEachStep(Consumer<RandomHistory> law) {
        for (int i = 0; i < HISTORIES; i++) {
            long seed = SEED + i;
            var history = new RandomHistory(seed, true);
            for (int step = 0; step < STEPS; step++) {
                try {
                    history.step();
                    law.accept(history);
                } catch (AssertionError | RuntimeException broken) {
                    throw new AssertionError(
                            "broken with seed %d at step %d".formatted(seed, step), broken);
                }
            }
        }
    }
}
