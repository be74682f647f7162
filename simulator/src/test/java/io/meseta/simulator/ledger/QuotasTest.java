package io.meseta.simulator.ledger;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.allocator.Grant;
import io.meseta.master.core.agent.AgentEvent;
import io.meseta.master.core.agent.AgentProfile;
import io.meseta.master.core.agent.LinkId;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.offer.OfferEvent;
import io.meseta.master.core.role.RoleEvent;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.OfferId;
import io.meseta.model.Opaque;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.quota.Limits;
import io.meseta.model.quota.Quantities;
import io.meseta.model.quota.Quota;
import io.meseta.simulator.world.BrokenPromise;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Offers that no allocator should have made must not pass.
class QuotasTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final AgentId AGENT = new AgentId("a1");
    private static final Role DEV = new Role("dev");
    private static final Role OPS = new Role("ops");

    @Test
    void noticesAnOfferBeyondALimit() {
        var limits = new Limits(new TreeMap<>(Map.of("cpus", 2_000L)));
        var cluster = cluster(new Quota(Quantities.NONE, limits));

        check(cluster, offer(OPS, "cpus:2;mem:512"), true);
        check(cluster, offer(OPS, "cpus:2.5;mem:512"), false);
        check(cluster, offer(new Role("ops/web"), "cpus:3"), false);
        check(cluster, offer(DEV, "cpus:4"), true);
    }

    @Test
    void noticesAnOfferOfWhatIsGuaranteedToOthers() {
        var guarantees = Quantities.of(Resources.parse("cpus:3"));
        var cluster = cluster(new Quota(guarantees, Limits.NONE));

        check(cluster, offer(DEV, "cpus:1;mem:512"), true);
        check(cluster, offer(DEV, "cpus:2"), false);
        check(cluster, offer(OPS, "cpus:3"), true);
    }

    private static void check(Cluster cluster, Offer offer, boolean isRight) {
        var after = cluster.after(new Event.OfOffer(new OfferEvent.OfferMade(offer)));
        if (isRight)
            assertThatCode(() -> Quotas.check(after, List.of(offer.grant())))
                    .doesNotThrowAnyException();
        else
            assertThatThrownBy(() -> Quotas.check(after, List.of(offer.grant())))
                    .isInstanceOf(BrokenPromise.class);
    }

    private static Cluster cluster(Quota quota) {
        var profile =
                new AgentProfile(
                        "host",
                        5051,
                        Resources.parse("cpus:4;mem:1024"),
                        Set.of(),
                        "1.11.0",
                        Opaque.EMPTY);
        return Cluster.EMPTY
                .after(new Event.OfAgent(new AgentEvent.AgentAdmitted(AGENT, profile, 0, NOW)))
                .after(
                        new Event.OfAgent(
                                new AgentEvent.AgentLinked(AGENT, new LinkId("link"), 0, NOW)))
                .after(
                        new Event.OfRole(
                                new RoleEvent.QuotasUpdated(
                                        new TreeMap<>(Map.of(OPS, quota)), NOW)));
    }

    private static Offer offer(Role role, String resources) {
        var grant = new Grant(AGENT, new FrameworkId("f1"), role, Resources.parse(resources));
        return new Offer(new OfferId("o1"), grant, NOW);
    }
}
