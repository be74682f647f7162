package io.meseta.benchmarks.placements;

import io.meseta.mesos.v1.AgentID;
import io.meseta.mesos.v1.Offer;
import io.meseta.mesos.v1.OfferID;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The offers that a framework has not answered yet, by agent: what is freed on an agent comes in
/// an offer of its own, and whoever answers them one by one drowns in crumbs.
final class HeldOffers {

    private final Map<AgentID, List<Offer>> byAgent = new LinkedHashMap<>();

    synchronized void add(Offer offer) {
        byAgent.computeIfAbsent(offer.getAgentId(), _ -> new ArrayList<>()).add(offer);
        notifyAll();
    }

    synchronized void rescind(OfferID id) {
        for (var offers : byAgent.values()) offers.removeIf(offer -> offer.getId().equals(id));
        byAgent.values().removeIf(List::isEmpty);
    }

    /// All offers of the agent that has waited the longest. Waits until there is one.
    synchronized List<Offer> take() throws InterruptedException {
        while (byAgent.isEmpty()) wait();
        return poll();
    }

    /// The same without waiting: none if there is none.
    synchronized List<Offer> poll() {
        if (byAgent.isEmpty()) return List.of();
        var oldest = byAgent.keySet().iterator().next();
        var offers = byAgent.remove(oldest);
        return offers == null ? List.of() : offers;
    }
}
