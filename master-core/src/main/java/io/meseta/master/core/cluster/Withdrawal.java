package io.meseta.master.core.cluster;

import io.meseta.master.core.cluster.Event.OfOffer;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.offer.OfferEvent.Ending;
import io.meseta.master.core.offer.OfferEvent.OfferEnded;
import java.util.List;

/// Ends offers.
final class Withdrawal {

    private Withdrawal() {}

    /// Nobody listens any more.
    static List<Event> discard(List<Offer> offers) {
        return end(offers, Ending.DISCARDED);
    }

    /// The framework is told that it can't have them.
    static List<Event> rescind(List<Offer> offers) {
        return end(offers, Ending.RESCINDED);
    }

    /// The framework has spoken.
    static List<Event> answered(List<Offer> offers) {
        return end(offers, Ending.ANSWERED);
    }

    private static List<Event> end(List<Offer> offers, Ending ending) {
        return offers.stream()
                .<Event>map(offer -> new OfOffer(new OfferEnded(offer, ending)))
                .toList();
    }
}
