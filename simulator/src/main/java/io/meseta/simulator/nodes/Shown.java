package io.meseta.simulator.nodes;

import static io.meseta.simulator.world.BrokenPromise.unless;

import io.meseta.master.core.offer.Offer;
import io.meseta.model.AgentId;
import io.meseta.model.OfferId;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a framework takes for offered to it, as far as it was told: never more of an agent than
/// that has. Whoever is not told what is taken back sees the same offered twice.
final class Shown {

    private final World world;
    private final Map<OfferId, Offer> offers = new TreeMap<>();

    Shown(World world) {
        this.world = world;
    }

    void forget() {
        offers.clear();
    }

    /// It has been told that they are taken back, or has said what it makes of them, whether that
    /// was heard or not.
    void over(Collection<OfferId> ids) {
        ids.forEach(offers::remove);
    }

    void offered(Collection<Offer> some) {
        var agents = new TreeSet<AgentId>();
        for (var offer : some) {
            offers.put(offer.id(), offer);
            agents.add(offer.agent());
        }
        for (var agent : agents) check(agent);
    }

    private void check(AgentId agent) {
        var whole = world.ledger().whole(agent);
        // It may be gone by now.
        if (whole.isEmpty()) return;
        for (var name : whole.scalarTotals().keySet()) {
            long sum = 0;
            for (var offer : offers.values())
                if (offer.agent().equals(agent)) sum += offer.grant().resources().scalar(name);
            unless(
                    sum <= whole.scalar(name),
                    "a framework takes %d of %s on %s for offered to it, where %d is: %s"
                            .formatted(sum, name, agent, whole.scalar(name), offers.values()));
        }
    }
}
