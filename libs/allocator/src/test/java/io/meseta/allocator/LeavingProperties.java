package io.meseta.allocator;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.allocator.rule.Rules;
import io.meseta.allocator.rule.Sorter;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.quota.Limits;
import io.meseta.model.quota.Quantities;
import io.meseta.model.quota.Quota;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What holds of agents that will be away soon, on many random histories of offers and answers.
class LeavingProperties {

    private static final long SEED = 20261123;
    private static final int HISTORIES = 200;
    private static final int STEPS = 80;
    private static final int AGENTS = 6;
    private static final int FRAMEWORKS = 4;
    private static final Resources LITTLE = Resources.parse("cpus:0.01");

    @Test
    void offersWhatLeavesToThoseAloneWhoHaveNothingThatStays() {
        for (int i = 0; i < HISTORIES; i++) new History(SEED + i, false).run();
    }

    @Test
    void offersWhatLeavesToThoseAloneWhoHaveNothingThatStaysWhereThereAreQuotas() {
        for (int i = 0; i < HISTORIES; i++) new History(SEED + i, true).run();
    }

    private static final class History {

        private final long seed;
        private final SplittableRandom random;
        private final boolean hasQuotas;
        private final TreeSet<AgentId> leaving = new TreeSet<>();
        private final List<Grant> offers = new ArrayList<>();
        private final List<Grant> used = new ArrayList<>();
        private Pool pool = Pool.empty();
        private Instant now = Instant.EPOCH;

        History(long seed, boolean hasQuotas) {
            this.seed = seed;
            this.hasQuotas = hasQuotas;
            random = new SplittableRandom(seed);
            if (random.nextBoolean()) pool = pool.withRules(new Rules(Sorter.RANDOM, 1));
            for (int i = 0; i < AGENTS; i++)
                pool =
                        pool.withAgent(
                                new AgentId("a" + i),
                                Resources.parse("cpus:4;mem:4096"),
                                AgentTraits.LOCAL);
            for (int i = 0; i < FRAMEWORKS; i++)
                pool = pool.withFramework(new FrameworkId("f" + i), FrameworkTraits.of(role(i)));
        }

        /// Two of them share a role.
        private static Role role(int framework) {
            return new Role("r" + framework / 2 + (framework > 2 ? "/below" : ""));
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                try {
                    happen();
                    allocate();
                    check();
                } catch (AssertionError | RuntimeException broken) {
                    throw new AssertionError(
                            "broken with seed %d at step %d".formatted(seed, step), broken);
                }
            }
        }

        private void happen() {
            switch (random.nextInt(10)) {
                case 0 -> flip();
                case 1 -> limit();
                case 2, 3 -> end();
                case 4 -> pass();
                default -> answer();
            }
        }

        /// An agent is about to be away, or is not any more.
        private void flip() {
            var agent = new AgentId("a" + random.nextInt(AGENTS));
            if (!leaving.remove(agent)) leaving.add(agent);
            pool = Leaving.with(pool, leaving, offers.stream());
        }

        private void limit() {
            if (!hasQuotas) return;
            var role = new Role("r" + random.nextInt(2));
            var guarantees = Quantities.of(Map.of("cpus", random.nextInt(3) * 4_000L, "mem", 0L));
            pool = pool.withQuota(role, new Quota(guarantees, Limits.NONE));
        }

        private void end() {
            if (used.isEmpty()) return;
            pool = pool.freed(used.remove(random.nextInt(used.size())));
        }

        private void pass() {
            now = now.plusSeconds(3);
            pool = pool.elapsed(now);
        }

        /// Uses half of it, all of it, or nothing, with or without a filter.
        private void answer() {
            if (offers.isEmpty()) return;
            var offer = offers.remove(random.nextInt(offers.size()));
            pool = pool.returned(offer);
            if (random.nextBoolean()) {
                pool = pool.refused(offer, now.plusSeconds(5));
                return;
            }
            var half = Resources.parse("cpus:2;mem:2048");
            boolean isHalf = random.nextBoolean() && offer.resources().contains(half);
            var part = isHalf ? half : offer.resources();
            var task = new Grant(offer.agent(), offer.framework(), offer.role(), part);
            pool = pool.allocated(task);
            used.add(task);
        }

        private void allocate() {
            long draw = random.nextLong();
            var round = pool.round(draw);
            assertThat(pool.round(draw).grants()).isEqualTo(round.grants());
            for (var grant : round.grants()) {
                if (leaving.contains(grant.agent()))
                    assertThat(stays(grant.framework()))
                            .as("%s is granted, and this is unanswered", grant)
                            .isEmpty();
                offers.add(grant);
                pool = pool.offered(grant);
            }
            pool = pool.settled(round.withheld());
        }

        private List<Grant> stays(FrameworkId framework) {
            return offers.stream()
                    .filter(each -> each.framework().equals(framework))
                    .filter(each -> !leaving.contains(each.agent()))
                    .toList();
        }

        /// Nothing is free that somebody could have, and where an agent is held back that is said.
        private void check() {
            assertThat(pool.isSettled()).isTrue();
            for (int i = 0; i < FRAMEWORKS; i++) {
                var framework = new FrameworkId("f" + i);
                var explained = pool.explain(framework, role(i), LITTLE);

                assertThat(explained.fitting()).isEmpty();
                var held = new TreeMap<AgentId, Boolean>();
                explained
                        .byAgent()
                        .forEach((agent, vetoes) ->
                                held.put(agent, vetoes.contains(new Veto.Leaving())));
                boolean mayBeHeld = !stays(framework).isEmpty();
                held.forEach((agent, isHeld) ->
                        assertThat(isHeld).isEqualTo(mayBeHeld && leaving.contains(agent)));
            }
        }
    }
}
