package io.meseta.allocator;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.allocator.want.Want;
import io.meseta.model.Reservation;
import io.meseta.model.Resource;
import io.meseta.model.ResourceKind;
import io.meseta.model.Resources;
import io.meseta.model.Scalar;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Agents that will be away soon come after the others, and are offered where nothing else is.
class LeavingTest extends PoolScene {

    private static final Instant LATER = NOON.plusSeconds(5);

    @Test
    void keepsWhatLeavesFromWhoeverHasAnOfferOfWhatStays() {
        for (long seed = 0; seed < 20; seed++) {
            var pool = leaving(two().withFramework(ONE, FrameworkTraits.of(ENG)));

            assertThat(pool.allocate(seed)).extracting(Grant::agent).containsExactly(OTHER_AGENT);
        }
    }

    @Test
    void offersWhatLeavesToSomebodyElseWhoHasNothing() {
        var pool =
                leaving(
                        two().withFramework(ONE, FrameworkTraits.of(ENG))
                                .withFramework(TWO, FrameworkTraits.of(OPS)));

        var grants = pool.allocate(1);

        assertThat(grants).extracting(Grant::agent).containsExactly(OTHER_AGENT, AGENT);
        assertThat(grants).extracting(Grant::framework).containsExactlyInAnyOrder(ONE, TWO);
    }

    @Test
    void offersWhatLeavesOnceWhatStaysIsRefused() {
        var pool = offered(leaving(two().withFramework(ONE, FrameworkTraits.of(ENG))));
        assertThat(pool.isSettled()).isTrue();

        var grant = new Grant(OTHER_AGENT, ONE, ENG, MACHINE);
        var refused = pool.refused(grant, LATER).returned(grant);

        assertThat(refused.allocate(1)).extracting(Grant::agent).containsExactly(AGENT);
    }

    @Test
    void offersWhatLeavesOnceWhatStaysIsUsed() {
        var pool = offered(leaving(two().withFramework(ONE, FrameworkTraits.of(ENG))));

        var grant = new Grant(OTHER_AGENT, ONE, ENG, MACHINE);
        var used = pool.returned(grant).allocated(grant);

        assertThat(used.allocate(1)).extracting(Grant::agent).containsExactly(AGENT);
    }

    @Test
    void offersItWhereNothingElseIsFree() {
        var pool = leaving(machine(MACHINE).withFramework(ONE, FrameworkTraits.of(ENG)));

        assertThat(pool.allocate(1)).extracting(Grant::agent).containsExactly(AGENT);
    }

    @Test
    void countsWhatWasOfferedBeforeAnythingLeft() {
        var pool = two().withAgentActive(AGENT, false).withFramework(ONE, FrameworkTraits.of(ENG));
        var grants = pool.allocate(1);
        var offered = offered(pool);

        var next = Leaving.with(offered, List.of(AGENT), grants.stream());

        assertThat(next.withAgentActive(AGENT, true).allocate(1)).isEmpty();
    }

    @Test
    void offersWhatWasHeldBackOnceItStays() {
        var pool = offered(leaving(two().withFramework(ONE, FrameworkTraits.of(ENG))));

        var next = Leaving.with(pool, List.of(), Stream.empty());

        assertThat(next.allocate(1)).extracting(Grant::agent).containsExactly(AGENT);
    }

    @Test
    void keepsNothingThatIsReservedFromItsRole() {
        var kind = ResourceKind.plain("cpus").reserved(Reservation.ofDynamic(ENG));
        var machine = MACHINE.plus(Resources.of(new Resource(kind, new Scalar(1_000))));
        var pool =
                leaving(
                        machine(machine)
                                .withAgent(OTHER_AGENT, MACHINE, AgentTraits.LOCAL)
                                .withFramework(ONE, FrameworkTraits.of(ENG)));

        assertThat(pool.allocate(1)).extracting(Grant::agent).containsExactly(OTHER_AGENT, AGENT);
    }

    @Test
    void keepsNothingThatSomebodyHasSaidItNeeds() {
        var want = new Want(ENG, cpus(4), Optional.of(AGENT), NOON);
        var pool =
                leaving(two().withFramework(ONE, FrameworkTraits.of(ENG)))
                        .wanting(ONE, List.of(want));

        assertThat(pool.allocate(1)).extracting(Grant::agent).contains(AGENT);
    }

    @Test
    void saysWhyItIsNotOffered() {
        var pool = offered(leaving(two().withFramework(ONE, FrameworkTraits.of(ENG))));

        var explained = pool.explain(ONE, ENG, cpus(1));

        assertThat(explained.byAgent().get(AGENT)).containsExactly(new Veto.Leaving());
        assertThat(Remedy.of(new Veto.Leaving(), ENG, cpus(1))).isEqualTo(new Remedy.Answer());
        assertThat(pool.explain(OPS, FrameworkTraits.of(OPS), cpus(1)).byAgent().get(AGENT))
                .isEmpty();
    }

    @Test
    void forgetsTheHandsOfAFrameworkThatIsGone() {
        var pool = offered(leaving(two().withFramework(ONE, FrameworkTraits.of(ENG))));

        var next = pool.withoutFramework(ONE).withFramework(ONE, FrameworkTraits.of(ENG));

        assertThat(next.demand.departures().hand(ONE)).isZero();
    }

    private static Pool two() {
        return machine(MACHINE).withAgent(OTHER_AGENT, MACHINE, AgentTraits.LOCAL);
    }

    /// With the first agent about to be away.
    private static Pool leaving(Pool pool) {
        return Leaving.with(pool, List.of(AGENT), Stream.empty());
    }

    /// After an allocation whose grants nobody has answered.
    private static Pool offered(Pool pool) {
        var round = pool.round(1);
        var next = pool;
        for (var grant : round.grants()) next = next.offered(grant);
        return next.settled(round.withheld());
    }
}
