package io.meseta.simulator.ledger;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.allocator.Grant;
import io.meseta.allocator.rule.Sorter;
import io.meseta.master.core.agent.AgentEvent;
import io.meseta.master.core.agent.AgentProfile;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.ClusterEvent.LeadershipTaken;
import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.offer.OfferEvent;
import io.meseta.master.core.offer.OfferTerms;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.core.reign.Terms;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.MasterId;
import io.meseta.model.OfferId;
import io.meseta.model.Opaque;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.simulator.world.BrokenPromise;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A leader that lets offers grow old must not pass.
class PatienceTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final AgentId AGENT = new AgentId("a1");

    @Test
    void noticesAnOfferThatStandsForTooLong() {
        var cluster = cluster();
        var patience = patience(Duration.ofSeconds(10));

        for (int i = 1; i < Patience.TICKS_MAX; i++) patience.ticked(cluster, NOW.plusSeconds(10));
        assertThatThrownBy(() -> patience.ticked(cluster, NOW.plusSeconds(10)))
                .isInstanceOf(BrokenPromise.class);
    }

    @Test
    void waitsWhereOffersLastForEver() {
        var cluster = cluster();
        var patience = patience(Duration.ZERO);

        assertThatCode(
                        () -> {
                            for (int i = 0; i < 2 * Patience.TICKS_MAX; i++)
                                patience.ticked(cluster, NOW.plusSeconds(1_000));
                        })
                .doesNotThrowAnyException();
    }

    private static Patience patience(Duration timeout) {
        return new Patience(new OfferTerms(Sorter.DRF, timeout, 1));
    }

    private static Cluster cluster() {
        var lead = new LeadershipTaken(new Epoch(1), new MasterId("M1"), Terms.DEFAULT, NOW);
        var profile =
                new AgentProfile(
                        "host", 5051, Resources.parse("cpus:4"), Set.of(), "1", Opaque.EMPTY);
        var grant =
                new Grant(AGENT, new FrameworkId("f1"), new Role("dev"), Resources.parse("cpus:1"));
        var offer = new Offer(new OfferId("o1"), grant, NOW);
        return Cluster.EMPTY
                .after(new Event.OfCluster(lead))
                .after(new Event.OfAgent(new AgentEvent.AgentAdmitted(AGENT, profile, 0, NOW)))
                .after(new Event.OfOffer(new OfferEvent.OfferMade(offer)));
    }
}
