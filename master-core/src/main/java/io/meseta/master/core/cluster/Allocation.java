package io.meseta.master.core.cluster;

import io.meseta.allocator.Rivals;
import io.meseta.master.core.cluster.Event.OfOffer;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.offer.OfferEvent;
import io.meseta.master.core.offer.OfferEvent.AllocationSettled;
import io.meseta.master.core.offer.OfferEvent.OfferMade;
import io.meseta.master.core.offer.Rivalry;
import io.meseta.master.core.upkeep.Asking;
import io.meseta.master.core.upkeep.Draining;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
        var settled = ofOffers(Rivalry.settled(next.offers(), next.pool()));
        for (var event : settled) next = next.after(event);
        events.addAll(settled);
        var grants = grant(next, moment);
        events.addAll(grants);
        // Offers cost something to apply, and whoever runs this applies them anyway.
        if (Asking.nextLook(next.upkeep()).isEmpty()) return events;
        for (var event : grants) next = next.after(event);
        for (var event : Asking.look(next.premises(), moment.at(), next.reign()::nextOffer))
            events.add(new Event.OfUpkeep(event));
        return events;
    }

    private static List<Event> ofOffers(List<OfferEvent> events) {
        return events.stream().<Event>map(OfOffer::new).toList();
    }

    private static List<Event> grant(Cluster cluster, Moment moment) {
        if (cluster.pool().isSettled() && !mayShow(cluster)) return List.of();
        var events = new ArrayList<Event>();
        var round = cluster.pool().round(moment.seed());
        for (var grant : round.grants()) {
            var id = cluster.reign().nextOffer(events.size());
            events.add(new OfOffer(new OfferMade(new Offer(id, grant, moment.at()))));
        }
        var withheld = round.withheld();
        if (cluster.roles().haveOptimism())
            withheld = withheld.and(copy(cluster, events, moment).withheld());
        events.add(new OfOffer(new AllocationSettled(withheld)));
        return events;
    }

    /// Whether what is offered already may be shown to others.
    private static boolean mayShow(Cluster cluster) {
        return cluster.roles().haveOptimism() && Rivals.isAnyoneNew(cluster.pool());
    }

    /// Shows what is offered to others, after what has just been granted.
    private static Rivals.Found copy(Cluster cluster, List<Event> events, Moment moment) {
        var next = cluster;
        for (var event : events) next = next.after(event);
        var found = Rivalry.look(next.offers(), next.roles(), next.pool(), moment.seed());
        for (var copy : found.copies()) {
            var id = cluster.reign().nextOffer(events.size());
            var offer = new Offer(id, copy.grant(), moment.at(), Optional.of(copy.of()));
            events.add(new OfOffer(new OfferMade(offer)));
        }
        return found;
    }
}
