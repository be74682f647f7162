package io.meseta.allocator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.model.Disk;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.Labels;
import io.meseta.model.Reservation;
import io.meseta.model.Resource;
import io.meseta.model.ResourceKind;
import io.meseta.model.Resources;
import io.meseta.model.Scalar;
import io.meseta.model.Weight;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PoolTest extends PoolScene {

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
