package io.meseta.allocator;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.allocator.want.GangSet;
import io.meseta.allocator.want.Want;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What is given to gangs: whole sets, no more than is needed, as long as it is their turn.
class HoldingTest {

    private static final Role ROLE = new Role("dev");
    private static final FrameworkId ONE = new FrameworkId("one");
    private static final FrameworkId TWO = new FrameworkId("two");

    @Test
    void givesNoMoreThanIsNeeded() {
        var pool = seeking(farm(4, "cpus:4;mem:1024"), ONE, sets(2, "cpus:1"));

        var round = pool.round(1);

        assertThat(round.grants()).isEmpty();
        assertThat(round.holds())
                .hasSize(2)
                .allMatch(hold -> hold.grant().resources().equals(Resources.parse("cpus:1")));
        var next = applied(pool, round);
        assertThat(next.isSettled()).isTrue();
        assertThat(next.share(ROLE)).isEqualTo(2.0 / 16);
    }

    @Test
    void takesFirstWhatIsReserved() {
        var pool = seeking(farm(4, "cpus(dev):2;cpus:4"), ONE, sets(1, "cpus:3"));

        var hold = pool.round(1).holds().getFirst();

        assertThat(hold.grant().resources()).isEqualTo(Resources.parse("cpus(dev):2;cpus:1"));
    }

    @Test
    void takesThePortsThatAreNamed() {
        var pool = seeking(farm(4, "cpus:4;ports:[1-10]"), ONE, sets(1, "cpus:1;ports:[3-4]"));

        var hold = pool.round(1).holds().getFirst();

        assertThat(hold.grant().resources()).isEqualTo(Resources.parse("cpus:1;ports:[3-4]"));
    }

    @Test
    void takesTheAgentThatIsNamed() {
        var third = new AgentId("s3");
        var want = new Want(ROLE, Resources.parse("cpus:1"), Optional.of(third), Instant.EPOCH);
        var pool = seeking(farm(4, "cpus:4"), ONE, List.of(new GangSet("g", 0, want)));

        assertThat(pool.round(1).holds())
                .extracting(hold -> hold.grant().agent())
                .containsExactly(third);
    }

    @Test
    void givesNothingOfWhatIsNotEnough() {
        var pool = seeking(farm(4, "cpus:4"), ONE, sets(1, "cpus:5"));

        assertThat(pool.round(1).holds()).isEmpty();
    }

    @Test
    void holdsForEachNoMoreThanItsPart() {
        var pool = farm(4, "cpus:4");
        pool = seeking(pool.withFramework(TWO, FrameworkTraits.of(ROLE)), ONE, sets(3, "cpus:4"));

        var round = pool.round(1);

        // Half is the part of each; the other half is offered.
        assertThat(round.holds()).hasSize(2);
        assertThat(round.grants()).hasSize(2).allMatch(grant -> grant.framework().equals(TWO));
    }

    @Test
    void givesBeyondItsPartAllOrNothing() {
        var pool = seeking(farm(4, "cpus:4"), ONE, sets(5, "cpus:4"));
        // No more than half of the cluster is held for a role.
        assertThat(pool.round(1).holds()).hasSize(2);

        pool = pool.withAgent(new AgentId("s5"), Resources.parse("cpus:4"), AgentTraits.LOCAL);

        assertThat(pool.round(1).holds()).hasSize(5);
    }

    @Test
    void saysThatSomebodyGathers() {
        var pool = seeking(farm(2, "cpus:1"), ONE, sets(3, "cpus:1"));

        assertThat(pool.explain(ONE, ROLE, Resources.parse("cpus:1")).everywhere())
                .contains(new Veto.Gathering(ROLE));
    }

    @Test
    void freesWhatIsReleased() {
        var before = seeking(farm(4, "cpus:4"), ONE, sets(5, "cpus:4"));
        var pool = applied(before, before.round(1));
        assertThat(pool.share(ROLE)).isEqualTo(0.5);

        for (var grant : pool.allocations().toList()) pool = Holding.released(pool, grant);

        assertThat(pool.share(ROLE)).isZero();
        assertThat(pool.isSettled()).isFalse();
    }

    private static Pool farm(int machines, String each) {
        var pool = Pool.empty();
        for (int i = 1; i <= machines; i++)
            pool = pool.withAgent(new AgentId("s" + i), Resources.parse(each), AgentTraits.LOCAL);
        return pool;
    }

    private static Pool seeking(Pool pool, FrameworkId framework, List<GangSet> sets) {
        var known = pool.withFramework(framework, FrameworkTraits.of(ROLE));
        return Holding.seeking(known, framework, sets);
    }

    private static List<GangSet> sets(int count, String needed) {
        var want = new Want(ROLE, Resources.parse(needed), Optional.empty(), Instant.EPOCH);
        return IntStream.range(0, count).mapToObj(i -> new GangSet("g", i, want)).toList();
    }

    /// As its owner does: what is held is sought no longer.
    private static Pool applied(Pool pool, Round round) {
        var next = pool;
        var left = new ArrayList<GangSet>();
        pool.demand.members().forEach((_, member) -> left.addAll(member.seeking().sets()));
        for (var grant : round.grants()) next = next.offered(grant);
        for (var hold : round.holds()) {
            next = Holding.held(next, hold.grant());
            left.remove(hold.set());
        }
        return Holding.seeking(next, ONE, left).settled(round.withheld());
    }
}
