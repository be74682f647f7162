package io.meseta.allocator;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.model.AgentId;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.FrameworkId;
import io.meseta.model.Resource;
import io.meseta.model.ResourceKind;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.Scalar;
import io.meseta.model.quota.Limits;
import io.meseta.model.quota.Quantities;
import io.meseta.model.quota.Quota;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class QuotaTest {

    private static final AgentId FIRST = new AgentId("a1");
    private static final AgentId SECOND = new AgentId("a2");
    private static final FrameworkId ONE = new FrameworkId("f1");
    private static final FrameworkId TWO = new FrameworkId("f2");
    private static final Role ENG = new Role("eng");
    private static final Role WEB = new Role("eng/web");
    private static final Role OPS = new Role("ops");
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void grantsNoMoreThanTheLimitAndAllThatIsNotLimited() {
        var pool = machines("cpus:4;mem:4096;ports:[1-9]").withQuota(ENG, limit("cpus:1.5"));

        assertThat(pool.withFramework(ONE, FrameworkTraits.of(ENG)).allocate(1))
                .extracting(Grant::resources)
                .containsExactly(Resources.parse("cpus:1.5;mem:4096;ports:[1-9]"));
    }

    @Test
    void sharesALimitAmongAllAgentsAndSubRoles() {
        var pool =
                machines("cpus:4;mem:1024", "cpus:4;mem:1024")
                        .withQuota(ENG, limit("cpus:5"))
                        .withFramework(ONE, FrameworkTraits.of(ENG))
                        .withFramework(TWO, FrameworkTraits.of(WEB));

        var cpus = pool.allocate(1).stream().mapToLong(each -> each.resources().scalar("cpus"));

        assertThat(cpus.sum()).isEqualTo(5_000);
    }

    @Test
    void countsWhatIsReservedWhetherItIsUsedOrNot() {
        var pool =
                machines("cpus(eng):3;cpus:4;mem:4096")
                        .withQuota(ENG, limit("cpus:4"))
                        .withFramework(ONE, FrameworkTraits.of(ENG));

        assertThat(pool.allocate(1))
                .extracting(Grant::resources)
                .containsExactly(Resources.parse("cpus(eng):3;cpus:1;mem:4096"));
    }

    @Test
    void offersAnotherAgentOnceTheFirstIsDeclined() {
        var pool =
                machines("cpus:4;mem:64", "cpus:4;mem:64")
                        .withQuota(ENG, limit("cpus:4;mem:64"))
                        .withFramework(ONE, FrameworkTraits.of(ENG));
        var round = pool.round(1);
        assertThat(round.grants()).hasSize(1);
        var grant = round.grants().getFirst();

        var declined = granted(pool).freed(grant).refused(grant, NOON);

        assertThat(declined.isSettled()).isFalse();
        assertThat(declined.allocate(1))
                .extracting(Grant::agent)
                .containsExactly(grant.agent().equals(FIRST) ? SECOND : FIRST);
    }

    @Test
    void givesWhatIsGuaranteedBeforeAnythingElse() {
        var pool =
                machines("cpus:4;mem:4096")
                        .withFramework(ONE, FrameworkTraits.of(ENG))
                        .withFramework(TWO, FrameworkTraits.of(OPS))
                        .allocated(grant(FIRST, TWO, OPS, "cpus:2;mem:2048"))
                        .withQuota(OPS, guarantee("cpus:3"));

        var grants = pool.allocate(1);

        // Its share is larger already, but it is owed one CPU.
        assertThat(grants.getFirst().framework()).isEqualTo(TWO);
        assertThat(grants.getFirst().resources().scalar("cpus")).isEqualTo(1_000);
    }

    @Test
    void keepsWhatIsGuaranteedFreeForARoleThatIsNotThere() {
        var pool =
                machines("cpus:4;mem:4096")
                        .withQuota(OPS, guarantee("cpus:3;mem:4096"))
                        .withFramework(ONE, FrameworkTraits.of(ENG));
        var round = pool.round(1);
        assertThat(round.grants())
                .extracting(Grant::resources)
                .containsExactly(Resources.parse("cpus:1"));
        assertThat(round.withheld().isForGuarantees()).isTrue();

        var joined = granted(pool).withFramework(TWO, FrameworkTraits.of(OPS));

        assertThat(joined.allocate(1)).containsExactly(grant(FIRST, TWO, OPS, "cpus:3;mem:4096"));
    }

    @Test
    void givesAwayWhatIsNoLongerGuaranteed() {
        var pool =
                granted(
                        machines("cpus:4;mem:4096")
                                .withQuota(OPS, guarantee("cpus:4;mem:4096"))
                                .withFramework(ONE, FrameworkTraits.of(ENG)));
        assertThat(pool.isSettled()).isTrue();

        assertThat(pool.withQuota(OPS, Quota.NONE).allocate(1))
                .containsExactly(grant(FIRST, ONE, ENG, "cpus:4;mem:4096"));
    }

    @Test
    void offersAgainWhatANewAgentMakesSuperfluous() {
        var pool =
                granted(
                        machines("cpus:4;mem:4096")
                                .withQuota(OPS, guarantee("cpus:4;mem:4096"))
                                .withFramework(ONE, FrameworkTraits.of(ENG)));
        var traits = AgentTraits.LOCAL;

        var grown = pool.withAgent(SECOND, Resources.parse("cpus:4;mem:4096"), traits);

        assertThat(grown.allocate(1)).hasSize(1);
    }

    @Test
    void keepsWhatARoleBelowIsGuaranteedFromItsSiblings() {
        var guaranteed = new Quota(quantities("cpus:3;mem:3072"), Limits.NONE);
        var pool =
                machines("cpus:4;mem:4096")
                        .withQuota(ENG, guaranteed)
                        .withQuota(WEB, guarantee("cpus:2;mem:2048"))
                        .withFramework(ONE, FrameworkTraits.of(ENG));

        // One more than the sub-role is owed, and one that nobody is.
        assertThat(pool.allocate(1))
                .extracting(Grant::resources)
                .containsExactly(Resources.parse("cpus:2;mem:2048"));
    }

    @Test
    void doesNotCountWhatMayBeTakenBack() {
        var revocable = FrameworkTraits.of(ENG).capableOf(FrameworkCapability.REVOCABLE_RESOURCES);
        var oversubscribed =
                Resources.of(
                        Resources.parse("cpus:4;mem:64").stream()
                                .map(QuotaTest::revocable)
                                .toList());
        var pool =
                machines("cpus:1;mem:64")
                        .withAgent(SECOND, oversubscribed, AgentTraits.LOCAL)
                        .withQuota(ENG, limit("cpus:0;mem:0"))
                        .withFramework(ONE, revocable);

        assertThat(pool.allocate(1)).containsExactly(new Grant(SECOND, ONE, ENG, oversubscribed));
    }

    @Test
    void saysWhichLimitStandsAgainstADemand() {
        var pool =
                machines("cpus:4;mem:4096")
                        .withQuota(ENG, limit("cpus:2"))
                        .withFramework(ONE, FrameworkTraits.of(WEB));

        assertThat(vetoes(pool, WEB, "cpus:3"))
                .containsExactly(
                        new Veto.QuotaLimit(ENG, "cpus", Scalar.ofUnits(2), Veto.Permanence.NEVER));
        assertThat(vetoes(pool, WEB, "cpus:2")).isEmpty();
    }

    @Test
    void saysThatSomethingIsKeptForOthers() {
        var pool =
                machines("cpus:4;mem:4096")
                        .withQuota(OPS, guarantee("cpus:3"))
                        .withFramework(ONE, FrameworkTraits.of(ENG))
                        .withFramework(TWO, FrameworkTraits.of(OPS));

        assertThat(vetoes(pool, ENG, "cpus:2"))
                .containsExactly(new Veto.Headroom("cpus", Scalar.ofUnits(1)));
        assertThat(pool.explain(TWO, OPS, Resources.parse("cpus:4")).fitting())
                .containsExactly(FIRST);
    }

    private static List<Veto> vetoes(Pool pool, Role role, String needed) {
        return List.copyOf(
                pool.explain(ONE, role, Resources.parse(needed))
                        .byAgent()
                        .getOrDefault(FIRST, List.of()));
    }

    private static Resource revocable(Resource resource) {
        var kind = resource.kind();
        return new Resource(
                new ResourceKind(
                        kind.name(),
                        kind.reservations(),
                        kind.disk(),
                        true,
                        false,
                        kind.provider()),
                resource.amount());
    }

    private static Pool machines(String... totals) {
        var pool = Pool.empty();
        for (int i = 0; i < totals.length; i++) {
            pool =
                    pool.withAgent(
                            new AgentId("a" + (i + 1)),
                            Resources.parse(totals[i]),
                            AgentTraits.LOCAL);
        }
        return pool;
    }

    private static Pool granted(Pool pool) {
        var next = pool;
        var round = pool.round(1);
        for (var grant : round.grants()) next = next.allocated(grant);
        return next.settled(round.withheld());
    }

    private static Grant grant(AgentId agent, FrameworkId framework, Role role, String resources) {
        return new Grant(agent, framework, role, Resources.parse(resources));
    }

    private static Quota limit(String amounts) {
        var limits = new TreeMap<String, Long>();
        for (var part : amounts.split(";", -1)) {
            var name = part.substring(0, part.indexOf(':'));
            var amount = Double.parseDouble(part.substring(part.indexOf(':') + 1));
            limits.put(name, Scalar.ofWire(amount).thousandths());
        }
        return new Quota(Quantities.NONE, new Limits(limits));
    }

    private static Quota guarantee(String amounts) {
        return new Quota(quantities(amounts), Limits.NONE);
    }

    private static Quantities quantities(String amounts) {
        return Quantities.of(Resources.parse(amounts));
    }
}
