package io.meseta.master.core.offer;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.allocator.Grant;
import io.meseta.master.core.offer.Keep.Beneficiary;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.OfferId;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Which offers there are, and for whom agents are kept.
final class OfferIndexTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final AgentId AGENT = new AgentId("S1");
    private static final AgentId OTHER_AGENT = new AgentId("S2");
    private static final FrameworkId ONE = new FrameworkId("F1");
    private static final FrameworkId TWO = new FrameworkId("F2");
    private static final Role DEV = new Role("dev");
    private static final Role OPS = new Role("ops");

    @Test
    void findsOffersByAgentFrameworkAndAge() {
        var early = offer("O1", AGENT, ONE, NOON);
        var late = offer("O2", AGENT, TWO, NOON.plusSeconds(1));
        var elsewhere = offer("O3", OTHER_AGENT, ONE, NOON.plusSeconds(2));

        var offers = Offers.none().with(early).with(late).with(elsewhere);

        assertThat(offers.on(AGENT)).containsExactly(early, late);
        assertThat(offers.of(ONE)).containsExactly(early, elsewhere);
        assertThat(offers.madeBy(NOON.plusSeconds(1))).containsExactly(early, late);
        assertThat(offers.without(early).on(AGENT)).containsExactly(late);
        assertThat(offers.without(early).oldest()).contains(NOON.plusSeconds(1));
        assertThat(offers.size()).isEqualTo(3);
    }

    @Test
    void remembersWhenAFrameworkWasLastOfferedAnything() {
        var early = offer("O1", AGENT, ONE, NOON);
        var late = offer("O2", OTHER_AGENT, ONE, NOON.plusSeconds(9));

        var offers = Offers.none().with(early).with(late).without(late);

        assertThat(offers.newestTo(ONE)).contains(NOON.plusSeconds(9));
        assertThat(offers.newestTo(TWO)).isEmpty();
        assertThat(offers.forgetting(ONE).newestTo(ONE)).isEmpty();
    }

    @Test
    void knowsForWhomAnAgentIsKeptAndUntilWhen() {
        var offers =
                Offers.none()
                        .keeping(keep(AGENT, ONE, NOON.plusSeconds(60)))
                        .keeping(keep(OTHER_AGENT, TWO, NOON.plusSeconds(30)));

        assertThat(offers.keepsUntil()).contains(NOON.plusSeconds(30));
        assertThat(offers.keeps().isFor(new Beneficiary(ONE, DEV))).isTrue();
        assertThat(offers.keeps().isFor(new Beneficiary(ONE, OPS))).isFalse();
        assertThat(offers.keeps().on(AGENT)).contains(keep(AGENT, ONE, NOON.plusSeconds(60)));
        assertThat(offers.keepingNothing().keepsUntil()).isEmpty();
    }

    @Test
    void seesThatAKeptAgentWasOfferedToWhomItIsKeptFor() {
        var offers = Offers.none().keeping(keep(AGENT, ONE, NOON));

        assertThat(offers.with(offer("O1", AGENT, TWO, NOON)).keeps().wasOffered(AGENT)).isFalse();
        assertThat(offers.with(offer("O1", AGENT, ONE, NOON)).keeps().wasOffered(AGENT)).isTrue();
    }

    @Test
    void pausesForWhomNothingIsKeptAnyMore() {
        var keep = keep(AGENT, ONE, NOON);
        var someone = keep.beneficiary();

        var keeps = Offers.none().keeping(keep).notKeeping(keep, NOON.plusSeconds(9)).keeps();

        assertThat(keeps.on(AGENT)).isEmpty();
        assertThat(keeps.isPaused(someone, NOON.plusSeconds(8))).isTrue();
        assertThat(keeps.isPaused(someone, NOON.plusSeconds(9))).isFalse();
        assertThat(keeps.isPaused(new Beneficiary(TWO, DEV), NOON)).isFalse();
    }

    @Test
    void forgetsPausesThatAreOverAndRolesThatLackNothing() {
        var keep = keep(AGENT, ONE, NOON);
        var other = keep(AGENT, TWO, NOON);
        var before =
                Offers.none()
                        .notKeeping(keep, NOON.plusSeconds(5))
                        .notKeeping(other, NOON.plusSeconds(6))
                        .after(looked(NOON, List.of(DEV, OPS)));

        var keeps = before.after(looked(NOON.plusSeconds(5), List.of(OPS))).keeps();

        assertThat(keeps.pauses()).containsOnlyKeys(other.beneficiary());
        assertThat(keeps.lacking()).containsOnlyKeys(OPS).containsEntry(OPS, NOON);
    }

    private static OfferEvent.NeedsLooked looked(Instant at, List<Role> lacking) {
        SortedSet<Role> roles = new TreeSet<>(lacking);
        return new OfferEvent.NeedsLooked(
                at, at.plusSeconds(1), roles, Collections.unmodifiableSortedMap(new TreeMap<>()));
    }

    private static Keep keep(AgentId agent, FrameworkId framework, Instant until) {
        return new Keep(agent, framework, DEV, Resources.parse("cpus:1"), until);
    }

    private static Offer offer(String id, AgentId agent, FrameworkId framework, Instant madeAt) {
        var grant = new Grant(agent, framework, DEV, Resources.parse("cpus:1"));
        return new Offer(new OfferId(id), grant, madeAt);
    }
}
