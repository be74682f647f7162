package io.meseta.master.core.cluster;

import io.meseta.master.core.cluster.Event.OfOffer;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.offer.OfferEvent.AllocationSettled;
import io.meseta.master.core.offer.OfferEvent.OfferMade;
import io.meseta.master.core.upkeep.Asking;
import io.meseta.master.core.upkeep.Draining;
import java.util.ArrayList;
import java.util.List;

/// Turns what the allocator grants into offers.
final class Allocation {

    private Allocation() {}

    /// What each batch ends with: agents that have become empty, offers, and what is asked of
    /// frameworks.
    static List<Event> run(Cluster cluster, Moment moment) {
        var premises = cluster.premises();
        var events = new ArrayList<>(Event.ofUpkeep(Draining.finished(premises, moment.at())));
        var next = cluster;
        for (var event : events) next = next.after(event);
        var reclaimed = Priorities.reclaimed(next);
        for (var event : reclaimed) next = next.after(event);
        events.addAll(reclaimed);
        var over = Priorities.over(next, moment);
        for (var event : over) next = next.after(event);
        events.addAll(over);
        var grants = grant(next, moment);
        events.addAll(grants);
        // Offers cost something to apply, and whoever runs this applies them anyway.
        if (Asking.nextLook(next.upkeep()).isEmpty()) return events;
        for (var event : grants) next = next.after(event);
        for (var event : Asking.look(next.premises(), moment.at(), next.reign()::nextOffer))
            events.add(new Event.OfUpkeep(event));
        return events;
    }

    private static List<Event> grant(Cluster cluster, Moment moment) {
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
