package io.meseta.allocator;

import static io.meseta.allocator.Veto.Permanence.NEVER;
import static io.meseta.allocator.Veto.Permanence.NOT_NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.model.AgentCapability;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.FrameworkId;
import io.meseta.model.Ranges;
import io.meseta.model.Resource;
import io.meseta.model.ResourceKind;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.Scalar;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ExplanationTest {

    private static final AgentId AGENT = new AgentId("a1");
    private static final FrameworkId FRAMEWORK = new FrameworkId("f1");
    private static final Role ENG = new Role("eng");
    private static final Resources NEED = Resources.parse("cpus:2;mem:100");
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void hasNothingAgainstADemandThatFits() {
        var explanation = explained("cpus:4;mem:4096", NEED);

        assertThat(explanation.fitting()).containsExactly(AGENT);
        assertThat(explanation.isHopeless()).isFalse();
    }

    @Test
    void saysEachResourceThatIsMissingAndWhetherItCanEverBeThere() {
        var pool =
                pool("cpus:4;mem:50;ports:[1-5]")
                        .allocated(new Grant(AGENT, FRAMEWORK, ENG, Resources.parse("cpus:3")));

        var vetoes =
                pool.explain(FRAMEWORK, ENG, NEED.plus(Resources.parse("ports:[5-6]")))
                        .byAgent()
                        .get(AGENT);

        assertThat(vetoes)
                .containsExactly(
                        new Veto.NotEnough("cpus", Scalar.ofUnits(2), Scalar.ofUnits(1), NOT_NOW),
                        new Veto.NotEnough("mem", Scalar.ofUnits(100), Scalar.ofUnits(50), NEVER),
                        new Veto.NotEnough("ports", Ranges.of(5, 6), Ranges.of(1, 5), NEVER));
    }

    @Test
    void saysEveryRuleThatStandsAgainstADemand() {
        var old = new AgentTraits(true, EnumSet.noneOf(AgentCapability.class));
        var traits = FrameworkTraits.of(ENG).capableOf(FrameworkCapability.MULTI_ROLE);
        var pool =
                Pool.empty()
                        .withAgent(AGENT, Resources.parse("cpus:4;mem:4096;gpus:1"), old)
                        .withFramework(FRAMEWORK, traits)
                        .refused(
                                new Grant(
                                        AGENT,
                                        FRAMEWORK,
                                        ENG,
                                        Resources.parse("cpus:4;mem:4096;gpus:1")),
                                NOON)
                        .suppressed(FRAMEWORK, new TreeSet<>(List.of(ENG)))
                        .withAgentActive(AGENT, false);

        var explanation = pool.explain(FRAMEWORK, ENG, NEED);

        assertThat(explanation.everywhere()).containsExactly(new Veto.Suppressed(ENG));
        assertThat(explanation.byAgent().get(AGENT))
                .containsExactly(
                        new Veto.AgentInactive(),
                        new Veto.GpuReserved(),
                        new Veto.RemoteRegion(),
                        new Veto.AgentLacks(AgentCapability.MULTI_ROLE),
                        new Veto.Filtered(NOON));
        assertThat(explanation.isHopeless()).isTrue();
    }

    @Test
    void saysWhatTheFrameworkCannotSee() {
        var revocable =
                new Resource(
                        new ResourceKind(
                                "cpus", List.of(), Optional.empty(), true, false, Optional.empty()),
                        Scalar.ofUnits(8));
        var pool =
                Pool.empty()
                        .withAgent(
                                AGENT,
                                Resources.of(revocable, Resource.scalar("mem", 999_000)),
                                AgentTraits.LOCAL)
                        .withFramework(FRAMEWORK, FrameworkTraits.of(ENG));

        assertThat(pool.explain(FRAMEWORK, ENG, NEED).byAgent().get(AGENT))
                .containsExactly(
                        new Veto.NotEnough("cpus", Scalar.ofUnits(2), Scalar.ZERO, NEVER),
                        new Veto.FrameworkLacks(
                                FrameworkCapability.REVOCABLE_RESOURCES, Resources.of(revocable)));
    }

    @Test
    void saysThatAFullAgentIsBelowTheMinimum() {
        var pool =
                pool("cpus:4;mem:4096")
                        .allocated(
                                new Grant(
                                        AGENT, FRAMEWORK, ENG, Resources.parse("cpus:4;mem:4096")));

        assertThat(pool.explain(FRAMEWORK, ENG, Resources.EMPTY).byAgent().get(AGENT))
                .containsExactly(new Veto.BelowMinimum(Resources.EMPTY));
    }

    @Test
    void saysWhatIsWrongWithTheFramework() {
        var pool = pool("cpus:4;mem:4096");
        var stranger = new FrameworkId("f9");
        var ops = new Role("ops");

        assertThat(pool.explain(stranger, ENG, NEED).everywhere())
                .containsExactly(new Veto.UnknownFramework(stranger));
        assertThat(
                        pool.withFrameworkActive(FRAMEWORK, false)
                                .explain(FRAMEWORK, ops, NEED)
                                .everywhere())
                .containsExactly(new Veto.FrameworkInactive(), new Veto.RolesDiffer(ops));
        assertThat(pool.explain(FRAMEWORK, ops, NEED).isHopeless()).isTrue();
    }

    private static Explanation explained(String total, Resources need) {
        return pool(total).explain(FRAMEWORK, ENG, need);
    }

    private static Pool pool(String total) {
        return Pool.empty()
                .withAgent(AGENT, Resources.parse(total), AgentTraits.LOCAL)
                .withFramework(FRAMEWORK, FrameworkTraits.of(ENG));
    }
}
