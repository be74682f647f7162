package io.meseta.allocator;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.allocator.want.Want;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Frameworks that have said what they need.
class WantsTest {

    private static final Role ROLE = new Role("role");
    private static final Role OTHER = new Role("other");
    private static final FrameworkId PICKY = new FrameworkId("picky");
    private static final FrameworkId EASY = new FrameworkId("easy");
    private static final AgentId SMALL = new AgentId("small");
    private static final AgentId LARGE = new AgentId("large");

    @Test
    void grantsTheFittingAgentToWhoNeedsIt() {
        for (long seed = 0; seed < 20; seed++) {
            var pool = two().wanting(PICKY, List.of(want("cpus:8")));

            var grants = pool.allocate(seed);

            assertThat(agentsOf(grants, PICKY)).containsExactly(LARGE);
            assertThat(agentsOf(grants, EASY)).containsExactly(SMALL);
        }
    }

    @Test
    void letsNobodyHaveMoreThanItsPartByAsking() {
        var pool = Pool.empty();
        for (int i = 0; i < 40; i++)
            pool =
                    pool.withAgent(
                            new AgentId("s" + i),
                            Resources.parse("cpus:4;mem:4096"),
                            AgentTraits.LOCAL);
        for (var each : Arrays.asList(PICKY, EASY))
            pool = pool.withFramework(each, FrameworkTraits.of(each.equals(PICKY) ? ROLE : OTHER));
        var many = new ArrayList<Want>();
        for (int i = 0; i < 40; i++) many.add(want("cpus:4"));

        var grants = pool.wanting(PICKY, many).allocate(5);

        assertThat(agentsOf(grants, PICKY)).hasSize(20);
        assertThat(agentsOf(grants, EASY)).hasSize(20);
    }

    @Test
    void grantsTheRestToAnyoneInTheEnd() {
        var pool = two().withFrameworkActive(EASY, false).wanting(PICKY, List.of(want("cpus:8")));

        assertThat(agentsOf(pool.allocate(1), PICKY)).containsExactlyInAnyOrder(SMALL, LARGE);
    }

    @Test
    void grantsOnlyWhatFitsWhereTheRoleIsSuppressed() {
        var pool =
                two().withFrameworkActive(EASY, false)
                        .suppressed(PICKY, new TreeSet<>(List.of(ROLE)))
                        .wanting(PICKY, List.of(want("cpus:8")));

        assertThat(agentsOf(pool.allocate(1), PICKY)).containsExactly(LARGE);
    }

    @Test
    void wantsNothingMoreOnceItIsSuppressed() {
        var pool =
                two().wanting(PICKY, List.of(want("cpus:8")))
                        .suppressed(PICKY, new TreeSet<>(List.of(ROLE)));

        assertThat(pool.wants(PICKY)).isEmpty();
        assertThat(agentsOf(pool.allocate(1), PICKY)).isEmpty();
    }

    @Test
    void clearsFiltersOfTheRoleInWhichItWants() {
        var refused = new Grant(LARGE, PICKY, ROLE, Resources.parse("cpus:8;mem:8192"));
        var pool =
                two().withFrameworkActive(EASY, false)
                        .refused(refused, Instant.EPOCH.plusSeconds(5));
        assertThat(agentsOf(pool.allocate(1), PICKY)).containsExactly(SMALL);

        assertThat(agentsOf(pool.wanting(PICKY, List.of(want("cpus:1"))).allocate(1), PICKY))
                .contains(LARGE);
    }

    @Test
    void forgetsAWantThatATaskHasMet() {
        var pool =
                two().wanting(PICKY, List.of(want("cpus:4"), want("cpus:1"), want("mem:1")))
                        .met(PICKY, ROLE, Resources.parse("cpus:2;mem:64"));

        assertThat(pool.wants(PICKY)).containsExactly(want("cpus:4"), want("mem:1"));
        assertThat(pool.met(PICKY, OTHER, Resources.parse("cpus:64")).wants(PICKY)).hasSize(2);
    }

    @Test
    void forgetsWantsWithTheConnection() {
        var pool =
                two().wanting(PICKY, List.of(want("cpus:4")))
                        .withFrameworkActive(PICKY, false)
                        .withFrameworkActive(PICKY, true);

        assertThat(pool.wants(PICKY)).isEmpty();
    }

    @Test
    void heedsTheAgentThatIsNamed() {
        var here = new Want(ROLE, Resources.parse("cpus:1"), Optional.of(SMALL), Instant.EPOCH);
        var pool = two().wanting(PICKY, List.of(here));

        var grants = pool.allocate(3);

        assertThat(agentsOf(grants, PICKY)).containsExactly(SMALL);
        assertThat(agentsOf(grants, EASY)).containsExactly(LARGE);
    }

    private static Want want(String needed) {
        return new Want(ROLE, Resources.parse(needed), Optional.empty(), Instant.EPOCH);
    }

    private static List<AgentId> agentsOf(List<Grant> grants, FrameworkId framework) {
        return grants.stream()
                .filter(grant -> grant.framework().equals(framework))
                .map(Grant::agent)
                .toList();
    }

    private static Pool two() {
        var pool =
                Pool.empty()
                        .withAgent(SMALL, Resources.parse("cpus:2;mem:2048"), AgentTraits.LOCAL)
                        .withAgent(LARGE, Resources.parse("cpus:8;mem:8192"), AgentTraits.LOCAL);
        for (var each : Arrays.asList(PICKY, EASY))
            pool = pool.withFramework(each, FrameworkTraits.of(each.equals(PICKY) ? ROLE : OTHER));
        return pool;
    }
}
