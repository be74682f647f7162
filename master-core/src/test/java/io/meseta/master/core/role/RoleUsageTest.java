package io.meseta.master.core.role;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.allocator.AgentTraits;
import io.meseta.allocator.Grant;
import io.meseta.allocator.Pool;
import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.agent.AgentProfile;
import io.meseta.master.core.offer.Offers;
import io.meseta.master.play.Play;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.Reservation;
import io.meseta.model.Resource;
import io.meseta.model.ResourceKind;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.Scalar;
import io.meseta.model.quota.Quantities;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pcollections.TreePMap;

final class RoleUsageTest {

    private static final AgentId AGENT = new AgentId("S1");
    private static final FrameworkId FRAMEWORK = new FrameworkId("F1");
    private static final Role DEV = Play.DEV;
    private static final Resource RESERVED = cpus(2, true, false);
    private static final Resource REVOCABLE = cpus(3, false, true);
    private static final Resource PLAIN = cpus(1, false, false);

    @Test
    void countsWhatIsReservedOnceWhetherItIsUsedOrNot() {
        var used = usage(Resources.of(RESERVED, PLAIN), Resources.of(RESERVED, PLAIN));
        var idle = usage(Resources.of(RESERVED, PLAIN), Resources.of(PLAIN));

        assertThat(used.of(DEV).consumed()).isEqualTo(amount(3));
        assertThat(used.of(DEV).allocated()).isEqualTo(amount(3));
        assertThat(used.of(DEV).reserved()).isEqualTo(amount(2));
        assertThat(idle.of(DEV).consumed()).isEqualTo(amount(3));
        assertThat(idle.of(DEV).allocated()).isEqualTo(amount(1));
    }

    @Test
    void countsNothingAgainstAQuotaThatMayBeTakenBack() {
        var usage = usage(Resources.of(REVOCABLE, PLAIN), Resources.of(REVOCABLE, PLAIN));

        assertThat(usage.of(DEV).consumed()).isEqualTo(amount(1));
        assertThat(usage.of(DEV).allocated()).isEqualTo(amount(4));
    }

    @Test
    void countsNoReservationAgainstAQuotaThatMayBeTakenBack() {
        var total = Resources.of(cpus(2, true, true), RESERVED);

        var figures = usage(total, Resources.of(RESERVED)).of(DEV);

        assertThat(figures.reserved()).isEqualTo(amount(4));
        assertThat(figures.consumed()).isEqualTo(amount(2));
    }

    @Test
    void namesAFrameworkInEachRoleInWhichItHasAnything() {
        var usage = usage(Resources.of(PLAIN), Resources.of(PLAIN));

        assertThat(usage.frameworks(DEV)).containsExactly(FRAMEWORK);
        assertThat(usage.frameworks(new Role("ops"))).isEmpty();
        assertThat(usage.roles()).containsExactly(DEV);
    }

    /// Of an agent that has `total`, of which a framework that is in no role uses `held`.
    private static RoleUsage usage(Resources total, Resources held) {
        var profile = new AgentProfile("host", 5051, total, Set.of(), "1", Opaque.EMPTY);
        var agent = Agent.admitted(AGENT, profile, Play.BEGINNING, 0);
        var pool =
                Pool.empty()
                        .withAgent(AGENT, total, AgentTraits.LOCAL)
                        .allocated(new Grant(AGENT, FRAMEWORK, DEV, held));
        return RoleUsage.of(
                new RolePremises(
                        Roles.none(),
                        TreePMap.empty(),
                        TreePMap.singleton(AGENT, agent),
                        Offers.none(),
                        pool));
    }

    private static Resource cpus(long count, boolean isReserved, boolean isRevocable) {
        var kind =
                new ResourceKind(
                        "cpus",
                        isReserved ? List.of(Reservation.ofDynamic(DEV)) : List.of(),
                        Optional.empty(),
                        isRevocable,
                        false,
                        Optional.empty());
        return new Resource(kind, Scalar.ofUnits(count));
    }

    private static Quantities amount(long cpus) {
        return Quantities.of(Map.of("cpus", 1_000 * cpus));
    }
}
