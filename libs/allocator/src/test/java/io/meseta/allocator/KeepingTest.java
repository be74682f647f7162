package io.meseta.allocator;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.allocator.want.Want;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.quota.Quantities;
import io.meseta.model.quota.Quota;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Agents that are kept for somebody, and what could be had if others ended.
class KeepingTest {

    private static final Role ROLE = new Role("role");
    private static final Role OTHER = new Role("other");
    private static final FrameworkId WAITING = new FrameworkId("waiting");
    private static final FrameworkId EASY = new FrameworkId("easy");
    private static final AgentId AGENT = new AgentId("agent");

    @Test
    void grantsAKeptAgentToNobodyElse() {
        var pool = pool("cpus:4").wanting(WAITING, List.of(want("cpus:4")));
        pool = Keeping.keep(pool, AGENT, WAITING, ROLE);

        assertThat(pool.allocate(1)).extracting(Grant::framework).containsExactly(WAITING);
        assertThat(vetoes(pool, EASY, OTHER)).containsExactly(new Veto.Kept());
        assertThat(vetoes(pool, WAITING, ROLE)).isEmpty();
    }

    @Test
    void grantsItNothingOfAKeptAgentBeforeItIsEnough() {
        var pool = pool("cpus:4").wanting(WAITING, List.of(want("cpus:4")));
        var held = new Grant(AGENT, EASY, OTHER, Resources.parse("cpus:1"));
        pool = Keeping.keep(pool.allocated(held), AGENT, WAITING, ROLE);

        assertThat(pool.allocate(1)).isEmpty();
        assertThat(vetoes(pool, WAITING, ROLE)).contains(new Veto.Kept());
        assertThat(pool.settled().freed(held).allocate(1)).hasSize(1);
    }

    @Test
    void grantsItToAnyoneOnceItIsReleased() {
        var pool = Keeping.keep(pool("cpus:4"), AGENT, WAITING, ROLE);
        assertThat(pool.allocate(1)).isEmpty();

        assertThat(Keeping.release(pool.settled(), AGENT).allocate(1)).hasSize(1);
    }

    @Test
    void knowsWhereThereIsEnoughForTheSeeker() {
        var pool = pool("cpus:4").wanting(WAITING, List.of(want("cpus:2")));
        var held = new Grant(AGENT, EASY, OTHER, Resources.parse("cpus:3"));
        pool = pool.allocated(held);
        var prospects = Prospects.of(pool);
        var seeker = seeker(prospects, WAITING);

        var openings = prospects.openings(seeker, Resources.parse("cpus:2"), Optional.empty());
        assertThat(openings)
                .containsExactly(new Prospects.Opening(AGENT, Resources.parse("cpus:1")));
        assertThat(prospects.openings(seeker, Resources.parse("cpus:5"), Optional.empty()))
                .isEmpty();
        var elsewhere = Optional.of(new AgentId("elsewhere"));
        assertThat(prospects.openings(seeker, Resources.parse("cpus:2"), elsewhere)).isEmpty();
        var refused =
                pool.refused(new Grant(AGENT, WAITING, ROLE, Resources.parse("cpus:1")), LATE);
        assertThat(
                        Prospects.of(refused)
                                .openings(seeker, Resources.parse("cpus:2"), Optional.empty()))
                .isEmpty();
    }

    @Test
    void knowsWhatQuotaWouldForbidEvenSo() {
        var held = new Grant(AGENT, EASY, OTHER, Resources.parse("cpus:4"));
        var needed = Resources.parse("cpus:2");
        var free = pool("cpus:4").allocated(held);
        var limited = free.withQuota(ROLE, Quota.exactly(cpus(1)));
        var guaranteed = free.withQuota(OTHER, Quota.exactly(cpus(4)));

        assertThat(Prospects.of(free).isAllowed(ROLE, needed, List.of(held))).isTrue();
        assertThat(Prospects.of(limited).isAllowed(ROLE, needed, List.of(held))).isFalse();
        assertThat(Prospects.of(guaranteed).isAllowed(ROLE, needed, List.of(held))).isFalse();
        assertThat(Prospects.of(guaranteed).isBeyondGuarantee(OTHER, held.resources())).isFalse();
        assertThat(Prospects.of(free).isBeyondGuarantee(OTHER, held.resources())).isTrue();
    }

    @Test
    void knowsWhatLacksUntilEnoughHasEnded() {
        var held = new Grant(AGENT, EASY, OTHER, Resources.parse("cpus:3"));
        var pool = pool("cpus:4").allocated(held).withQuota(ROLE, Quota.exactly(cpus(2)));
        var prospects = Prospects.of(pool);

        assertThat(prospects.lacking(ROLE)).isEqualTo(cpus(1));
        assertThat(prospects.lacking(OTHER)).isEqualTo(Quantities.NONE);
        prospects.ended(held);

        assertThat(prospects.lacking(ROLE)).isEqualTo(Quantities.NONE);
    }

    private static final Instant LATE = Instant.parse("2030-01-01T00:00:00Z");

    private static Quantities cpus(long count) {
        return Quantities.of(Map.of("cpus", count * 1_000));
    }

    private static Prospects.Seeker seeker(Prospects prospects, FrameworkId id) {
        return prospects.seekers().stream()
                .filter(each -> each.framework().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<Veto> vetoes(Pool pool, FrameworkId id, Role role) {
        var explained = pool.explain(id, role, Resources.parse("cpus:0.1"));
        return explained.byAgent().getOrDefault(AGENT, List.of());
    }

    private static Pool pool(String resources) {
        return Pool.empty()
                .withAgent(AGENT, Resources.parse(resources), AgentTraits.LOCAL)
                .withFramework(WAITING, FrameworkTraits.of(ROLE))
                .withFramework(EASY, FrameworkTraits.of(OTHER));
    }

    private static Want want(String needed) {
        return new Want(ROLE, Resources.parse(needed), Optional.empty(), Instant.EPOCH);
    }
}
