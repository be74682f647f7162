package io.meseta.allocator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.allocator.rule.Rules;
import io.meseta.allocator.rule.Sharing;
import io.meseta.allocator.rule.Sorter;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.quota.Limits;
import io.meseta.model.quota.Quantities;
import io.meseta.model.quota.Quota;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What roles lend, what chance decides, and what nobody may hoard.
class SharingTest {

    private static final Role OWNER = new Role("owner");
    private static final Role GUEST = new Role("guest");
    private static final FrameworkId OWNERS = new FrameworkId("owners");
    private static final FrameworkId GUESTS = new FrameworkId("guests");
    private static final Sharing LENDING = new Sharing(true);

    @Test
    void keepsWhatIsGuaranteedWhereNobodyLends() {
        var pool = settled(guarded(farm(4)), 1);

        assertThat(pool.share(GUEST)).isEqualTo(0.5);
        assertThat(pool.lending().borrowed()).isEqualTo(Quantities.NONE);
    }

    @Test
    void lendsWhatNobodyAsksFor() {
        var pool = settled(guarded(farm(4)).withSharing(OWNER, LENDING), 1);

        assertThat(pool.share(GUEST)).isEqualTo(1);
        assertThat(pool.lending().borrowed()).isEqualTo(cpus(8));
        assertThat(pool.lending().reclaimed()).isEqualTo(Quantities.NONE);
    }

    @Test
    void lendsAsSoonAsTheOwnerWantsNothing() {
        var pool = guarded(farm(4)).withSharing(OWNER, LENDING);
        pool = settled(pool.withFramework(OWNERS, FrameworkTraits.of(OWNER)), 1);
        assertThat(pool.share(GUEST)).isLessThanOrEqualTo(0.5);
        for (var grant : pool.allocations().toList())
            if (grant.framework().equals(OWNERS)) pool = pool.freed(grant);
        pool = settled(pool.suppressed(OWNERS, new TreeSet<>(List.of(OWNER))), 2);

        assertThat(pool.share(GUEST)).isEqualTo(1);
    }

    @Test
    void wantsBackWhatItHasLentWhenSomebodyAsks() {
        var pool = settled(guarded(farm(4)).withSharing(OWNER, LENDING), 1);
        pool = settled(pool.withFramework(OWNERS, FrameworkTraits.of(OWNER)), 2);

        var lacking = pool.lending().reclaimed();
        assertThat(lacking).isEqualTo(cpus(8));
        assertThat(pool.lending().isOwed(OWNER, lacking)).isTrue();
        assertThat(pool.lending().isOwed(GUEST, lacking)).isFalse();
        assertThat(pool.lending().borrowed()).isEqualTo(Quantities.NONE);
    }

    @Test
    void givesWhatComesBackToItsOwner() {
        var pool = settled(guarded(farm(4)).withSharing(OWNER, LENDING), 1);
        pool = settled(pool.withFramework(OWNERS, FrameworkTraits.of(OWNER)), 2);
        var held = pool.allocations().filter(each -> each.framework().equals(GUESTS)).toList();
        pool = settled(pool.freed(held.get(0)).freed(held.get(1)), 3);

        assertThat(pool.share(OWNER)).isEqualTo(0.5);
        assertThat(pool.lending().reclaimed()).isEqualTo(Quantities.NONE);
    }

    @Test
    void keepsWhatARoleBelowIsGuaranteedThatDoesNotLend() {
        var pool =
                guarded(farm(4))
                        .withQuota(new Role("owner/web"), new Quota(cpus(4), Limits.NONE))
                        .withSharing(OWNER, LENDING)
                        .withSharing(new Role("owner/web"), Sharing.NONE);

        pool = settled(pool, 1);

        assertThat(pool.share(GUEST)).isEqualTo(0.75);
    }

    @Test
    void givesToTheRoleAboveWhatOneBelowItNoLongerAsksFor() {
        var web = new Role("owner/web");
        var pool = withdrawn(web);
        assertThat(pool.share(OWNER)).isZero();

        pool = settled(pool.suppressed(GUESTS, new TreeSet<>(List.of(web))), 2);

        assertThat(pool.share(OWNER)).isEqualTo(1);
    }

    @Test
    void givesWhatOneSiblingNoLongerNeedsToAnother() {
        var web = new Role("owner/web");
        var data = new Role("owner/data");
        var pool =
                withdrawn(web)
                        .withQuota(data, new Quota(cpus(8), Limits.NONE))
                        .withFramework(OWNERS, FrameworkTraits.of(data));
        pool = settled(pool, 2);
        assertThat(pool.share(data)).isEqualTo(0.5);

        // What is guaranteed above is not less for it.
        pool = settled(pool.suppressed(GUESTS, new TreeSet<>(List.of(web))), 3);

        assertThat(pool.share(data)).isEqualTo(1);
    }

    /// All is guaranteed to a role, and to one below it that asks, and refuses what it is offered.
    private static Pool withdrawn(Role below) {
        var pool =
                settled(
                        farm(4).withQuota(OWNER, new Quota(cpus(16), Limits.NONE))
                                .withQuota(below, new Quota(cpus(16), Limits.NONE))
                                .withSharing(OWNER, LENDING)
                                .withFramework(GUESTS, FrameworkTraits.of(below)),
                        1);
        for (var grant : pool.allocations().toList())
            pool = pool.freed(grant).refused(grant, Instant.MAX);
        return settled(pool.withFramework(OWNERS, FrameworkTraits.of(OWNER)), 1);
    }

    @Test
    void drawsWhoseTurnItIs() {
        var pool = farm(400).withRules(new Rules(Sorter.RANDOM, 1));
        for (int i = 0; i < 4; i++)
            pool = pool.withFramework(new FrameworkId("f" + i), FrameworkTraits.of(GUEST));

        var drawn = settled(pool, 7);
        var again = settled(pool, 7);

        assertThat(drawn.allocations().toList()).isEqualTo(again.allocations().toList());
        for (int i = 0; i < 4; i++) {
            var id = new FrameworkId("f" + i);
            long agents = drawn.allocations().filter(each -> each.framework().equals(id)).count();
            // By chance, not in equal parts: 100 would be what fair shares give.
            assertThat(agents).isBetween(60L, 140L);
        }
        assertThat(settled(pool, 8).allocations().toList())
                .isNotEqualTo(drawn.allocations().toList());
    }

    @Test
    void offersNothingMoreToWhoAnswersNothing() {
        var pool = farm(10).withRules(new Rules(Sorter.DRF, 0.3));
        pool = offered(pool.withFramework(GUESTS, FrameworkTraits.of(GUEST)), 1);
        assertThat(pool.share(GUEST)).isEqualTo(0.3);
        assertThat(pool.isSettled()).isTrue();

        var answered = pool.allocations().findFirst().orElseThrow();
        var next = offered(pool.returned(answered).allocated(answered), 2);

        assertThat(next.share(GUEST)).isEqualTo(0.4);
    }

    @Test
    void offersMoreWhenMoreIsThere() {
        var pool = farm(10).withRules(new Rules(Sorter.DRF, 0.3));
        pool = offered(pool.withFramework(GUESTS, FrameworkTraits.of(GUEST)), 1);
        for (int i = 10; i < 20; i++) pool = pool.withAgent(id(i), MACHINE, AgentTraits.LOCAL);

        assertThat(offered(pool, 2).share(GUEST)).isEqualTo(0.3);
    }

    @Test
    void takesOnlyAPartThatIsOne() {
        assertThatThrownBy(() -> new Rules(Sorter.DRF, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rules(Sorter.DRF, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static final Resources MACHINE = Resources.parse("cpus:4");

    private static AgentId id(int number) {
        return new AgentId("s" + number);
    }

    private static Pool farm(int machines) {
        var pool = Pool.empty();
        for (int i = 0; i < machines; i++) pool = pool.withAgent(id(i), MACHINE, AgentTraits.LOCAL);
        return pool;
    }

    /// Half of four machines is guaranteed to a role in which nobody is; another framework asks.
    private static Pool guarded(Pool pool) {
        return pool.withQuota(OWNER, new Quota(cpus(8), Limits.NONE))
                .withFramework(GUESTS, FrameworkTraits.of(GUEST));
    }

    private static Quantities cpus(int count) {
        return Quantities.of(Map.of("cpus", count * 1_000L));
    }

    private static Pool settled(Pool pool, long seed) {
        var round = pool.round(seed);
        var next = pool;
        for (var grant : round.grants()) next = next.allocated(grant);
        return next.settled(round.withheld());
    }

    private static Pool offered(Pool pool, long seed) {
        var round = pool.round(seed);
        var next = pool;
        for (var grant : round.grants()) next = next.offered(grant);
        return next.settled(round.withheld());
    }
}
