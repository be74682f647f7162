package io.meseta.allocator;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.model.FrameworkCapability;
import io.meseta.model.Resources;
import java.util.EnumSet;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What frameworks do not want for now, and the roles in which they want nothing.
final class FiltersTest extends PoolScene {

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
}
