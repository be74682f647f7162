package io.meseta.allocator;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.allocator.constraint.AttributeConstraint;
import io.meseta.allocator.constraint.AttributeConstraint.Condition.TextEquals;
import io.meseta.allocator.constraint.AttributeConstraint.Selector.Hostname;
import io.meseta.allocator.constraint.OfferConstraints;
import io.meseta.allocator.constraint.Place;
import io.meseta.model.AgentCapability;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.Opaque;
import io.meseta.model.Reservation;
import io.meseta.model.Resource;
import io.meseta.model.ResourceKind;
import io.meseta.model.Resources;
import io.meseta.model.Scalar;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What a framework may not be offered, whoever else may.
final class EligibilityTest extends PoolScene {

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
}
