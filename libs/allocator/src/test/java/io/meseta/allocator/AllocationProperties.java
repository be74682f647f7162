package io.meseta.allocator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meseta.allocator.rule.Rules;
import io.meseta.allocator.rule.Sorter;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.Weight;
import java.util.List;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Safety, progress, determinism and fairness, on many random histories.
class AllocationProperties {

    private static final long SEED = 20261122;

    private static final int HISTORIES = 250;

    private static final int STEPS = 60;

    @Test
    void grantsExactlyWhatTheReferenceDoes() {
        forEachStep(history -> {
            var expected = history.reference.allocate(7);

            var granted = history.reference.rebuilt().allocate(7);

            assertThat(granted).isEqualTo(expected);
            history.apply(history.pool.allocate(7));
        });
    }

    @Test
    void findsByWhatChangedAllThatAWholeRunWouldFind() {
        var random = new SplittableRandom(SEED);
        forEachStep(history -> {
            long seed = random.nextLong();
            var granted = history.pool.allocate(seed);

            assertThat(agents(granted))
                    .isEqualTo(agents(history.reference.rebuilt().allocate(seed)));
            assertThat(history.pool.allocate(seed)).isEqualTo(granted);
            if (history.pool.isSettled()) assertThat(granted).isEmpty();
            history.apply(granted);
        });
    }

    @Test
    void leavesNothingThatSomeoneCouldTake() {
        forEachStep(history -> {
            history.apply(history.pool.allocate(3));

            assertThat(history.reference.allocate(3)).isEmpty();
        });
    }

    @Test
    void leavesNothingThatSomeoneCouldTakeWhereChanceDecides() {
        var random = new SplittableRandom(SEED);
        forEachStep(history -> {
            history.pool = history.pool.withRules(new Rules(Sorter.RANDOM, 1));
            long seed = random.nextLong();
            var granted = history.pool.allocate(seed);

            assertThat(history.pool.allocate(seed)).isEqualTo(granted);
            history.apply(granted);
            assertThat(history.reference.allocate(3)).isEmpty();
        });
    }

    @Test
    void grantsOnlyWhatIsFree() {
        forEachStep(history -> {
            var grants = history.pool.allocate(5);

            for (var agent : agents(grants)) {
                var granted = Resources.EMPTY;
                for (var grant : grants) {
                    if (grant.agent().equals(agent)) {
                        granted = granted.plus(grant.resources());
                    }
                }
                var free = history.reference.free(agent, List.of());
                assertThat(history.pool.available(agent)).isEqualTo(free);
                assertThat(free.contains(granted)).isTrue();
            }
            history.apply(grants);
        });
    }

    @Test
    void explainsEachRefusal() {
        forEachStep(history -> {
            history.apply(history.pool.allocate(3));
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
            var seen = new TreeSet<AgentId>();
            for (var grant : grants) {
                // Later grants on an agent are of what the first has left.
                if (!seen.add(grant.agent())) continue;
                var explanation =
                        history.pool.explain(grant.framework(), grant.role(), grant.resources());

                assertThat(explanation.fitting()).contains(grant.agent());
            }
            history.apply(grants);
        });
    }

    @Test
    void givesEqualSharesToEqualClaims() {
        var pool = farm(90);
        for (int i = 0; i < 3; i++) pool = joined(pool, "f" + i, "r" + i);

        pool = granted(pool, 1);

        for (int i = 0; i < 3; i++) {
            assertThat(pool.share(new Role("r" + i))).isCloseTo(1 / 3.0, within(1e-9));
        }
    }

    @Test
    void returnsToFairSharesWhenLateComersArrive() {
        var pool = granted(joined(farm(90), "f0", "r0"), 1);
        pool = joined(joined(pool, "f1", "r1"), "f2", "r2");
        var random = new SplittableRandom(SEED);

        // Tasks end one by one, wherever; each time the allocator gives the machine away anew.
        for (int i = 0; i < 2000; i++) {
            var agent = new AgentId("s" + random.nextInt(90));
            for (int holder = 0; holder < 3; holder++) {
                var framework = new FrameworkId("f" + holder);
                var role = new Role("r" + holder);
                var held = pool.allocated(agent, framework, role);
                if (!held.isEmpty()) pool = pool.freed(new Grant(agent, framework, role, held));
            }
            pool = granted(pool, i);
        }

        for (int i = 0; i < 3; i++) {
            assertThat(pool.share(new Role("r" + i))).isCloseTo(1 / 3.0, within(2 / 90.0));
        }
    }

    @Test
    void sharesByWeightAtEachLevelOfTheTree() {
        var pool = farm(180);
        for (var role : List.of("a/x", "a/y", "b"))
            pool = joined(pool, "f-" + role.replace('/', '-'), role);
        pool =
                pool.withWeight(new Role("a"), new Weight(2))
                        .withWeight(new Role("a/x"), new Weight(3));

        pool = granted(pool, 1);

        assertThat(pool.share(new Role("b"))).isCloseTo(60 / 180.0, within(1 / 180.0));
        assertThat(pool.share(new Role("a"))).isCloseTo(120 / 180.0, within(1 / 180.0));
        assertThat(pool.share(new Role("a/x"))).isCloseTo(90 / 180.0, within(1 / 180.0));
        assertThat(pool.share(new Role("a/y"))).isCloseTo(30 / 180.0, within(1 / 180.0));
    }

    @Test
    void sharesARoleEquallyAmongItsFrameworks() {
        var pool = farm(60);
        for (int i = 0; i < 4; i++) pool = joined(pool, "f" + i, "r");

        var byFramework =
                pool.allocate(9).stream()
                        .collect(Collectors.groupingBy(Grant::framework, Collectors.counting()));

        assertThat(byFramework.values()).containsExactly(15L, 15L, 15L, 15L);
    }

    private static Pool farm(int machines) {
        var pool = Pool.empty();
        for (int i = 0; i < machines; i++) {
            pool =
                    pool.withAgent(
                            new AgentId("s" + i),
                            Resources.parse("cpus:8;mem:16384"),
                            AgentTraits.LOCAL);
        }
        return pool;
    }

    private static Pool joined(Pool pool, String framework, String role) {
        return pool.withFramework(new FrameworkId(framework), FrameworkTraits.of(new Role(role)));
    }

    private static Pool granted(Pool pool, long seed) {
        var next = pool;
        for (var grant : pool.allocate(seed)) next = next.allocated(grant);
        return next.settled();
    }

    private static SortedSet<AgentId> agents(List<Grant> grants) {
        return grants.stream().map(Grant::agent).collect(Collectors.toCollection(TreeSet::new));
    }

    private static void forEachStep(Consumer<RandomHistory> law) {
        for (int i = 0; i < HISTORIES; i++) {
            long seed = SEED + i;
            var history = new RandomHistory(seed);
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
