package io.meseta.master.core.cluster;

import io.meseta.master.core.cluster.Event.OfOffer;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.offer.OfferEvent.AllocationSettled;
import io.meseta.master.core.offer.OfferEvent.OfferMade;
import java.util.ArrayList;
import java.util.List;

/// Turns what the allocator grants into offers.
final class Allocation {

    private Allocation() {}

    static List<Event> run(Cluster cluster, Moment moment) {
        if (cluster.pool().isSettled()) return List.of();
        var events = new ArrayList<Event>();
        var round = cluster.pool().round(moment.seed());
        for (var grant : round.grants()) {
            var id = cluster.reign().nextOffer(events.size());
            events.add(new OfOffer(new OfferMade(new Offer(id, grant, moment.at()))));
        }
        events.add(new OfOffer(new AllocationSettled(round.withheld())));
        return events;
    }
}
