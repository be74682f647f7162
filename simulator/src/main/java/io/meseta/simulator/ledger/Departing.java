package io.meseta.simulator.ledger;

import static io.meseta.simulator.world.BrokenPromise.unless;

import io.meseta.allocator.Leaving;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.offer.Offer;
import io.meseta.model.OfferId;
import java.util.List;
import java.util.TreeSet;

/// Whether agents that will be away soon are offered to those alone who have not been offered
/// anything else, what is their own aside.
final class Departing {

    private Departing() {}

    /// @param made the offers that are new in this state, in the order in which they were made
    static void check(Cluster cluster, List<Offer> made) {
        var leaving = Leaving.of(cluster.pool());
        if (leaving.isEmpty()) return;
        var later = new TreeSet<OfferId>();
        for (var offer : made.reversed()) {
            later.add(offer.id());
            if (!leaving.contains(offer.agent()) || isOwn(cluster, offer)) continue;
            for (var other : cluster.offers().of(offer.framework()))
                unless(
                        other.isCopy()
                                || other.gang().isPresent()
                                || later.contains(other.id())
                                || leaving.contains(other.agent()),
                        "%s is of an agent that leaves, and %s was not answered"
                                .formatted(offer, other));
        }
    }

    /// Reserved for it, said to be needed, kept or held for it.
    private static boolean isOwn(Cluster cluster, Offer offer) {
        return offer.gang().isPresent()
                || !cluster.pool().wants(offer.framework()).isEmpty()
                || cluster.offers().keeps().on(offer.agent()).isPresent()
                || offer.grant().resources().stream().anyMatch(each -> each.kind().isReserved());
    }
}
