package io.meseta.master.core.cluster;

import io.meseta.allocator.Grant;
import io.meseta.allocator.Leaving;
import io.meseta.allocator.Rivals;
import io.meseta.master.core.cluster.Event.OfOffer;
import io.meseta.master.core.contest.Rivalry;
import io.meseta.master.core.gang.Assembly;
import io.meseta.master.core.gang.GangEvent;
import io.meseta.master.core.gang.GangEvent.GangCompleted;
import io.meseta.master.core.gang.GangEvent.GangServed;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.offer.OfferEvent;
import io.meseta.master.core.offer.OfferEvent.AllocationSettled;
import io.meseta.master.core.offer.OfferEvent.OfGang;
import io.meseta.master.core.offer.OfferEvent.OfferMade;
import io.meseta.master.core.upkeep.Asking;
import io.meseta.master.core.upkeep.Draining;
import io.meseta.master.core.upkeep.Leavers;
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
        var ended = ofGangs(Assembly.over(Shares.stock(next), moment.at(), moment.seed()));
        for (var event : ended) next = next.after(event);
        events.addAll(ended);
        var settled = ofOffers(Rivalry.settled(next.offers(), next.pool()));
        for (var event : settled) next = next.after(event);
        events.addAll(settled);
        var leaving = leaving(next, moment);
        for (var event : leaving) next = next.after(event);
        events.addAll(leaving);
        var grants = grant(next, moment);
        events.addAll(grants);
        // Offers cost something to apply, and whoever runs this applies them anyway.
        if (Asking.nextLook(next.upkeep()).isEmpty()) return events;
        for (var event : grants) next = next.after(event);
        for (var event : Asking.look(next.premises(), moment.at(), next.reign()::nextOffer))
            events.add(new Event.OfUpkeep(event));
        return events;
    }

    /// Before anything is granted: a schedule that came with this batch counts.
    private static List<Event> leaving(Cluster cluster, Moment moment) {
        var known = Leaving.of(cluster.pool());
        var horizon = cluster.reign().terms().offers().departureHorizon();
        var found = Leavers.look(cluster.premises(), known, moment.at(), horizon);
        return found.stream().<Event>map(Event.OfUpkeep::new).toList();
    }

    private static List<Event> ofOffers(List<OfferEvent> events) {
        return events.stream().<Event>map(OfOffer::new).toList();
    }

    private static List<Event> ofGangs(List<GangEvent> events) {
        return events.stream().<Event>map(each -> new OfOffer(new OfGang(each))).toList();
    }

    private static List<Event> grant(Cluster cluster, Moment moment) {
        if (cluster.pool().isSettled() && !mayShow(cluster)) return List.of();
        var round = cluster.pool().round(moment.seed());
        var until = moment.at().plus(cluster.reign().terms().offers().gangTimeout());
        var held = Assembly.held(Shares.stock(cluster), round.holds(), until);
        var events = new ArrayList<>(ofGangs(held));
        var offers = gathered(cluster, events, moment);
        for (var grant : round.grants()) {
            var id = cluster.reign().nextOffer(offers.size());
            offers.add(new Offer(id, grant, moment.at()));
        }
        for (var offer : offers) events.add(new OfOffer(new OfferMade(offer)));
        var withheld = round.withheld();
        if (cluster.roles().haveOptimism())
            withheld = withheld.and(copy(cluster, events, offers.size(), moment).withheld());
        events.add(new OfOffer(new AllocationSettled(withheld)));
        var served = served(events);
        if (served.isEmpty()) return events;
        events.addAll(ofGangs(served));
        var next = cluster;
        for (var event : events) next = next.after(event);
        // Ends: each time there is a gang less.
        events.addAll(grant(next, moment));
        return events;
    }

    private static List<GangEvent> served(List<Event> events) {
        var served = new ArrayList<GangEvent>();
        for (var event : events)
            if (event instanceof OfOffer(OfGang(GangCompleted(var gang))))
                served.add(new GangServed(gang));
        return served;
    }

    /// The offers of gangs that have all that they need now.
    ///
    /// @param events what has been held just now; their ends are added
    private static List<Offer> gathered(Cluster cluster, List<Event> events, Moment moment) {
        var offers = new ArrayList<Offer>();
        if (events.isEmpty()) return offers;
        var next = cluster;
        for (var event : events) next = next.after(event);
        for (var gathering : next.offers().gangs().all()) {
            if (!gathering.isComplete()) continue;
            var gang = gathering.id();
            events.add(new OfOffer(new OfGang(new GangCompleted(gang))));
            for (var part : gathering.byAgent().entrySet()) {
                var grant =
                        new Grant(part.getKey(), gang.framework(), gang.role(), part.getValue());
                var id = cluster.reign().nextOffer(offers.size());
                var name = Optional.of(gang.name());
                offers.add(new Offer(id, grant, moment.at(), Optional.empty(), name));
            }
        }
        return offers;
    }

    /// Whether what is offered already may be shown to others.
    private static boolean mayShow(Cluster cluster) {
        return cluster.roles().haveOptimism() && Rivals.isAnyoneNew(cluster.pool());
    }

    /// Shows what is offered to others, after what has just been granted.
    private static Rivals.Found copy(Cluster cluster, List<Event> events, int made, Moment moment) {
        var next = cluster;
        for (var event : events) next = next.after(event);
        var found = Rivalry.look(next.offers(), next.roles(), next.pool(), moment.seed());
        int count = made;
        for (var copy : found.copies()) {
            var id = cluster.reign().nextOffer(count++);
            var original = Optional.of(copy.of());
            var offer = new Offer(id, copy.grant(), moment.at(), original, Optional.empty());
            events.add(new OfOffer(new OfferMade(offer)));
        }
        return found;
    }
}
