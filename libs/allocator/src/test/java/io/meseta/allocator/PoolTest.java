package io.meseta.allocator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.allocator.constraint.AttributeConstraint;
import io.meseta.allocator.constraint.AttributeConstraint.Condition.TextEquals;
import io.meseta.allocator.constraint.AttributeConstraint.Selector.Hostname;
import io.meseta.allocator.constraint.OfferConstraints;
import io.meseta.allocator.constraint.Place;
import io.meseta.model.AgentCapability;
import io.meseta.model.AgentId;
import io.meseta.model.Disk;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.FrameworkId;
import io.meseta.model.Labels;
import io.meseta.model.Opaque;
import io.meseta.model.Reservation;
import io.meseta.model.Resource;
import io.meseta.model.ResourceKind;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.Scalar;
import io.meseta.model.Weight;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PoolTest {

    private static final AgentId AGENT = new AgentId("a1");
    private static final AgentId OTHER_AGENT = new AgentId("a2");
    private static final FrameworkId ONE = new FrameworkId("f1");
    private static final FrameworkId TWO = new FrameworkId("f2");
    private static final Role ENG = new Role("eng");
    private static final Role WEB = new Role("eng/web");
    private static final Role OPS = new Role("ops");
    private static final Resources MACHINE = Resources.parse("cpus:4;mem:4096;ports:[31000-32000]");
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void grantsAllThatIsFreeToTheOnlyFramework() {
        var pool = machine(MACHINE).withFramework(ONE, FrameworkTraits.of(ENG));

        assertThat(pool.allocate(1)).containsExactly(new Grant(AGENT, ONE, ENG, MACHINE));
    }

    @Test
    void changesNothingByAllocating() {
        var pool = machine(MACHINE).withFramework(ONE, FrameworkTraits.of(ENG));

        var first = pool.allocate(1);

        assertThat(pool.allocate(1)).isEqualTo(first);
        assertThat(pool.available(AGENT)).isEqualTo(MACHINE);
        assertThat(pool.isSettled()).isFalse();
    }

    @Test
    void isSettledUntilSomethingIsFreed() {
        var pool = granted(machine(MACHINE).withFramework(ONE, FrameworkTraits.of(ENG)));
        var part = new Grant(AGENT, ONE, ENG, Resources.parse("cpus:1;mem:128"));

        assertThat(pool.isSettled()).isTrue();
        assertThat(pool.allocate(1)).isEmpty();

        var freed = pool.freed(part);

        assertThat(freed.isSettled()).isFalse();
        assertThat(freed.allocate(1)).containsExactly(part);
    }

    @Test
    void givesAFreedAgentToTheFrameworkWithTheSmallestShare() {
        var pool =
                machine(MACHINE)
                        .withAgent(OTHER_AGENT, MACHINE, AgentTraits.LOCAL)
                        .withFramework(ONE, FrameworkTraits.of(ENG))
                        .withFramework(TWO, FrameworkTraits.of(ENG))
                        .allocated(new Grant(AGENT, ONE, ENG, MACHINE));

        assertThat(pool.allocate(1)).containsExactly(new Grant(OTHER_AGENT, TWO, ENG, MACHINE));
    }

    @Test
    void weighsRolesBeforeFrameworks() {
        var pool =
                machine(MACHINE)
                        .withAgent(OTHER_AGENT, MACHINE, AgentTraits.LOCAL)
                        .withFramework(ONE, FrameworkTraits.of(ENG))
                        .withFramework(TWO, FrameworkTraits.of(OPS))
                        .allocated(new Grant(AGENT, ONE, ENG, Resources.parse("cpus:3")))
                        .allocated(new Grant(AGENT, TWO, OPS, Resources.parse("cpus:1")))
                        .withAgentActive(AGENT, false);

        assertThat(pool.allocate(1)).extracting(Grant::role).containsExactly(OPS);
        assertThat(pool.withWeight(ENG, new Weight(4)).allocate(1))
                .extracting(Grant::role)
                .containsExactly(ENG);
    }

    @Test
    void countsWhatSubRolesHoldInTheirParent() {
        var pool =
                machine(MACHINE)
                        .withFramework(ONE, FrameworkTraits.of(WEB))
                        .allocated(new Grant(AGENT, ONE, WEB, Resources.parse("cpus:1;mem:2048")));

        assertThat(pool.share(WEB)).isEqualTo(0.5);
        assertThat(pool.share(ENG)).isEqualTo(0.5);
        assertThat(pool.share(OPS)).isZero();
    }

    @Test
    void keepsReservedResourcesForTheirRoleAndItsSubRoles() {
        var reserved = Resources.parse("cpus(eng):2;mem(eng):512");
        var pool = machine(MACHINE.plus(reserved)).withFramework(ONE, FrameworkTraits.of(OPS));

        var toOthers = pool.allocate(1);
        var toSubRole = granted(pool).withFramework(TWO, FrameworkTraits.of(WEB)).allocate(1);

        assertThat(toOthers).containsExactly(new Grant(AGENT, ONE, OPS, MACHINE));
        assertThat(toSubRole).containsExactly(new Grant(AGENT, TWO, WEB, reserved));
    }

    @Test
    void holdsBackWhatWasRefusedAndWhatIsWithinIt() {
        var pool = declined(machine(MACHINE).withFramework(ONE, FrameworkTraits.of(ENG)), NOON);

        assertThat(pool.allocate(1)).isEmpty();
        assertThat(pool.allocated(new Grant(AGENT, TWO, ENG, cpus(1))).allocate(1)).isEmpty();
        assertThat(pool.withAgent(AGENT, MACHINE.plus(cpus(1)), AgentTraits.LOCAL).allocate(1))
                .extracting(Grant::resources)
                .containsExactly(MACHINE.plus(cpus(1)));
    }

    @Test
    void offersWhatOneRefusedToAnother() {
        var pool =
                machine(MACHINE)
                        .withFramework(ONE, FrameworkTraits.of(ENG))
                        .withFramework(TWO, FrameworkTraits.of(ENG));

        assertThat(declined(pool, NOON).allocate(1))
                .containsExactly(new Grant(AGENT, TWO, ENG, MACHINE));
    }

    @Test
    void offersAgainOnceAFilterHasEnded() {
        var pool =
                settled(
                        declined(
                                machine(MACHINE).withFramework(ONE, FrameworkTraits.of(ENG)),
                                NOON));

        assertThat(pool.nextExpiry()).contains(NOON);
        assertThat(pool.elapsed(NOON.minusNanos(1)).isSettled()).isTrue();

        var later = pool.elapsed(NOON);

        assertThat(later.nextExpiry()).isEmpty();
        assertThat(later.allocate(1)).containsExactly(new Grant(AGENT, ONE, ENG, MACHINE));
    }

    @Test
    void keepsTheLongerOfTwoFiltersOnTheSameResources() {
        var grant = new Grant(AGENT, ONE, ENG, MACHINE);
        var pool =
                machine(MACHINE)
                        .withFramework(ONE, FrameworkTraits.of(ENG))
                        .refused(grant, NOON.plusSeconds(5))
                        .refused(grant, NOON);

        assertThat(pool.nextExpiry()).contains(NOON.plusSeconds(5));
        assertThat(pool.elapsed(NOON).allocate(1)).isEmpty();
    }

    @Test
    void boundsTheFiltersOfAClaimantOnOneAgent() {
        var pool = machine(MACHINE).withFramework(ONE, FrameworkTraits.of(ENG));
        for (int i = 1; i <= 100; i++) {
            var resources = Resources.parse("cpus:%d;mem:%d".formatted(i, 1000 - i));
            pool = pool.refused(new Grant(AGENT, ONE, ENG, resources), NOON.plusSeconds(i));
        }

        assertThat(pool.nextExpiry()).contains(NOON.plusSeconds(100 - Refused.PER_AGENT_MAX + 1));
    }

    @Test
    void forgetsFiltersOnRevivalAndDeactivationAndWithTheAgent() {
        var pool =
                settled(
                        declined(
                                machine(MACHINE).withFramework(ONE, FrameworkTraits.of(ENG)),
                                NOON));
        var grant = new Grant(AGENT, ONE, ENG, MACHINE);

        assertThat(pool.revived(ONE, roles(ENG)).allocate(1)).containsExactly(grant);
        assertThat(pool.withFrameworkActive(ONE, false).nextExpiry()).isEmpty();
        assertThat(pool.withFrameworkActive(ONE, false).allocate(1)).isEmpty();
        assertThat(pool.withFrameworkActive(ONE, false).withFrameworkActive(ONE, true).allocate(1))
                .containsExactly(grant);
        assertThat(pool.withoutAgent(AGENT).nextExpiry()).isEmpty();
        assertThat(pool.withoutFramework(ONE).nextExpiry()).isEmpty();
        assertThat(pool.withFramework(ONE, FrameworkTraits.of(OPS)).nextExpiry()).isEmpty();
    }

    @Test
    void grantsNothingInASuppressedRoleUntilItIsRevived() {
        var pool =
                machine(MACHINE)
                        .withFramework(ONE, FrameworkTraits.of(ENG))
                        .suppressed(ONE, roles(ENG));

        assertThat(pool.allocate(1)).isEmpty();
        assertThat(settled(pool).revived(ONE, roles(ENG)).allocate(1)).hasSize(1);
    }

    @Test
    void takesSuppressionFromNewTraits() {
        var suppressing =
                new FrameworkTraits(
                        roles(ENG),
                        roles(ENG),
                        EnumSet.noneOf(FrameworkCapability.class),
                        new TreeMap<>());
        var pool = machine(MACHINE).withFramework(ONE, suppressing);

        assertThat(pool.allocate(1)).isEmpty();
        assertThat(settled(pool).withFramework(ONE, FrameworkTraits.of(ENG)).allocate(1))
                .hasSize(1);
    }

    @Test
    void forgetsTheFiltersOfARoleThatNewTraitsNoLongerSuppress() {
        var pool =
                settled(
                                declined(
                                        machine(MACHINE)
                                                .withFramework(ONE, FrameworkTraits.of(ENG)),
                                        NOON))
                        .suppressed(ONE, roles(ENG));

        assertThat(pool.nextExpiry()).isPresent();

        var resumed = pool.withFramework(ONE, FrameworkTraits.of(ENG));

        assertThat(resumed.nextExpiry()).isEmpty();
        assertThat(resumed.allocate(1)).hasSize(1);
    }

    @Test
    void offersNoInactiveAgent() {
        var pool =
                machine(MACHINE)
                        .withFramework(ONE, FrameworkTraits.of(ENG))
                        .withAgentActive(AGENT, false);

        assertThat(pool.allocate(1)).isEmpty();
        assertThat(settled(pool).withAgentActive(AGENT, true).allocate(1)).hasSize(1);
    }

    @Test
    void hidesAgentsWithGpusFromWhoDoesNotUseThem() {
        var pool =
                machine(MACHINE.plus(Resources.parse("gpus:1")))
                        .withFramework(ONE, FrameworkTraits.of(ENG));
        var aware = FrameworkTraits.of(ENG).capableOf(FrameworkCapability.GPU_RESOURCES);

        assertThat(pool.allocate(1)).isEmpty();
        assertThat(pool.withFramework(ONE, aware).allocate(1)).hasSize(1);
    }

    @Test
    void hidesOtherRegionsFromWhoDoesNotKnowThem() {
        var pool =
                Pool.empty()
                        .withAgent(
                                AGENT,
                                MACHINE,
                                new AgentTraits(true, AgentTraits.LOCAL.capabilities()))
                        .withFramework(ONE, FrameworkTraits.of(ENG));
        var aware = FrameworkTraits.of(ENG).capableOf(FrameworkCapability.REGION_AWARE);

        assertThat(pool.allocate(1)).isEmpty();
        assertThat(pool.withFramework(ONE, aware).allocate(1)).hasSize(1);
    }

    @Test
    void hidesAgentsThatAreTooOldForTheRole() {
        var old = new AgentTraits(false, EnumSet.of(AgentCapability.MULTI_ROLE));
        var pool = Pool.empty().withAgent(AGENT, MACHINE, old);

        assertThat(pool.withFramework(ONE, FrameworkTraits.of(WEB)).allocate(1)).isEmpty();
        assertThat(pool.withFramework(ONE, FrameworkTraits.of(ENG)).allocate(1)).hasSize(1);
    }

    @Test
    void leavesOutWhatTheFrameworkDoesNotUnderstand() {
        var revocable =
                Resources.of(
                        new Resource(
                                new ResourceKind(
                                        "cpus",
                                        List.of(),
                                        Optional.empty(),
                                        true,
                                        false,
                                        Optional.empty()),
                                Scalar.ofUnits(2)));
        var refined =
                Resources.of(
                        new Resource(
                                ResourceKind.plain("mem")
                                        .reserved(Reservation.ofStatic(ENG))
                                        .reserved(Reservation.ofDynamic(WEB)),
                                Scalar.ofUnits(512)));
        var pool = machine(MACHINE.plus(revocable).plus(refined));
        var plain = FrameworkTraits.of(WEB);

        assertThat(pool.withFramework(ONE, plain).allocate(1))
                .extracting(Grant::resources)
                .containsExactly(MACHINE);
        assertThat(
                        pool.withFramework(
                                        ONE,
                                        plain.capableOf(
                                                FrameworkCapability.REVOCABLE_RESOURCES,
                                                FrameworkCapability.RESERVATION_REFINEMENT))
                                .allocate(1))
                .extracting(Grant::resources)
                .containsExactly(MACHINE.plus(revocable).plus(refined));
    }

    @Test
    void grantsSharedVolumesBesideOtherResourcesHoweverOftenTheyAreUsed() {
        var volume = Resources.of(sharedVolume());
        var sharing = FrameworkTraits.of(ENG).capableOf(FrameworkCapability.SHARED_RESOURCES);
        var pool =
                machine(MACHINE.plus(volume))
                        .withFramework(ONE, sharing)
                        .allocated(new Grant(AGENT, TWO, ENG, cpus(1).plus(volume)));

        assertThat(pool.allocate(1))
                .extracting(Grant::resources)
                .containsExactly(MACHINE.minus(cpus(1)).plus(volume));
        assertThat(granted(pool).available(AGENT)).isEqualTo(volume);
        assertThat(granted(pool).withFramework(TWO, sharing).allocate(1)).isEmpty();
    }

    @Test
    void grantsNothingBelowTheMinimum() {
        var pool =
                machine(Resources.parse("cpus:0.009;mem:31.9;disk:1000"))
                        .withFramework(ONE, FrameworkTraits.of(ENG));
        var modest =
                new FrameworkTraits(
                        roles(ENG),
                        roles(),
                        EnumSet.noneOf(FrameworkCapability.class),
                        new TreeMap<>(Map.of(ENG, new MinAllocatable(List.of()))));

        assertThat(pool.allocate(1)).isEmpty();
        assertThat(pool.withFramework(ONE, modest).allocate(1)).hasSize(1);
    }

    @Test
    void countsWhatComesInPiecesForTheMinimum() {
        var threePorts =
                new FrameworkTraits(
                        roles(ENG),
                        roles(),
                        EnumSet.noneOf(FrameworkCapability.class),
                        new TreeMap<>(
                                Map.of(
                                        ENG,
                                        new MinAllocatable(
                                                List.of(new TreeMap<>(Map.of("ports", 3_000L)))))));

        assertThat(
                        machine(Resources.parse("cpus:4;ports:[1-2]"))
                                .withFramework(ONE, threePorts)
                                .allocate(1))
                .isEmpty();
        assertThat(
                        machine(Resources.parse("cpus:4;ports:[1-2,5-5]"))
                                .withFramework(ONE, threePorts)
                                .allocate(1))
                .hasSize(1);
    }

    @Test
    void grantsNothingOfAnAgentThatTheRoleDoesNotWant() {
        var onlyH2 =
                new OfferConstraints(
                        new TreeMap<>(
                                Map.of(
                                        ENG,
                                        List.of(
                                                new OfferConstraints.Group(
                                                        List.of(
                                                                new AttributeConstraint(
                                                                        new Hostname(),
                                                                        new TextEquals("h2"))))))),
                        Opaque.EMPTY);
        var picky = FrameworkTraits.of(ENG, OPS).wanting(roles(), onlyH2);
        var pool =
                Pool.empty()
                        .withAgent(AGENT, MACHINE, at("h1"))
                        .withAgent(OTHER_AGENT, MACHINE, at("h2"))
                        .withFramework(ONE, picky.wanting(roles(OPS), onlyH2));

        assertThat(pool.allocate(1)).containsExactly(new Grant(OTHER_AGENT, ONE, ENG, MACHINE));
        assertThat(granted(pool).withFramework(ONE, picky).allocate(1))
                .containsExactly(new Grant(AGENT, ONE, OPS, MACHINE));
        assertThat(
                        granted(pool)
                                .withFramework(
                                        ONE, picky.wanting(roles(OPS), OfferConstraints.NONE))
                                .allocate(1))
                .containsExactly(new Grant(AGENT, ONE, ENG, MACHINE));
        assertThat(pool.explain(ONE, ENG, MACHINE).byAgent().get(AGENT))
                .containsExactly(new Veto.Constrained(ENG));
    }

    private static AgentTraits at(String hostname) {
        return new AgentTraits(
                false,
                AgentTraits.LOCAL.capabilities(),
                new Place(hostname, Optional.empty(), new TreeMap<>()));
    }

    @Test
    void countsTasksOfFrameworksThatAreNotThere() {
        var pool = machine(MACHINE).allocated(new Grant(AGENT, ONE, ENG, cpus(3)));

        assertThat(pool.available(AGENT)).isEqualTo(MACHINE.minus(cpus(3)));
        assertThat(pool.share(ENG)).isEqualTo(0.75);
    }

    @Test
    void livesWithAnAgentThatComesBackSmallerThanItsTasks() {
        var grant = new Grant(AGENT, ONE, ENG, Resources.parse("cpus:4;ports:[31000-31001]"));
        var small = Resources.parse("cpus:2;mem:4096;ports:[31001-31002]");
        var pool = machine(MACHINE).allocated(grant).withAgent(AGENT, small, AgentTraits.LOCAL);

        assertThat(pool.available(AGENT))
                .isEqualTo(Resources.parse("mem:4096;ports:[31002-31002]"));
        assertThat(pool.freed(grant).available(AGENT)).isEqualTo(small);
    }

    @Test
    void freesWhatARemovedFrameworkHeld() {
        var pool =
                granted(machine(MACHINE).withFramework(ONE, FrameworkTraits.of(ENG)))
                        .withFramework(TWO, FrameworkTraits.of(OPS))
                        .withoutFramework(ONE);

        assertThat(pool.allocate(1)).containsExactly(new Grant(AGENT, TWO, OPS, MACHINE));
        assertThat(pool.share(ENG)).isZero();
    }

    @Test
    void refusesToFreeWhatWasNotAllocated() {
        var pool = machine(MACHINE);
        var grant = new Grant(AGENT, ONE, ENG, cpus(1));

        assertThatThrownBy(() -> pool.freed(grant)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Pool.empty().allocated(grant))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Pool.empty().freed(grant)).isSameAs(Pool.empty());
    }

    private static Pool machine(Resources total) {
        return Pool.empty().withAgent(AGENT, total, AgentTraits.LOCAL);
    }

    /// After an allocation and the application of its grants.
    private static Pool granted(Pool pool) {
        var next = pool;
        for (var grant : pool.allocate(1)) next = next.allocated(grant);
        return next.settled();
    }

    private static Pool settled(Pool pool) {
        assertThat(pool.allocate(1)).isEmpty();
        return pool.settled();
    }

    /// After an allocation all of which is declined until then.
    private static Pool declined(Pool pool, Instant until) {
        var next = granted(pool);
        for (var grant : pool.allocate(1)) next = next.freed(grant).refused(grant, until);
        return next;
    }

    private static SortedSet<Role> roles(Role... roles) {
        return new TreeSet<>(List.of(roles));
    }

    private static Resources cpus(long units) {
        return Resources.of(Resource.scalar("cpus", units * 1000));
    }

    private static Resource sharedVolume() {
        var volume =
                new Disk(
                        Optional.of(
                                new Disk.Persistence("v1", Optional.empty(), "data", Disk.Mode.RW)),
                        Optional.empty());
        var reservation =
                new Reservation(Reservation.Type.DYNAMIC, ENG, Optional.empty(), Labels.NONE);
        return new Resource(
                new ResourceKind(
                        "disk",
                        List.of(reservation),
                        Optional.of(volume),
                        false,
                        true,
                        Optional.empty()),
                Scalar.ofUnits(64));
    }
}
