package io.meseta.master.core.cluster;

import io.meseta.allocator.Grant;
import io.meseta.master.core.cluster.Event.OfOffer;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.offer.OfferEvent.ResourcesRefused;
import io.meseta.model.OfferId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Offers that a framework sends back.
final class Declining {

    private Declining() {}

    /// Offers that are gone by now are passed over: the framework could not know.
    static List<Event> decide(
            Cluster cluster, Framework framework, Command.Decline decline, Moment moment) {
        var offers = own(cluster, framework, decline.offers().stream().distinct().toList());
        var events = new ArrayList<Event>(Withdrawal.answered(offers));
        for (var offer : offers)
            refuse(offer.grant(), decline.refusal(), moment).ifPresent(events::add);
        return events;
    }

    static List<Offer> own(Cluster cluster, Framework framework, List<OfferId> ids) {
        return ids.stream()
                .flatMap(id -> cluster.offers().find(id).stream())
                .filter(offer -> offer.framework().equals(framework.id()))
                .toList();
    }

    /// A refusal of no time is none.
    static Optional<Event> refuse(Grant grant, Duration period, Moment moment) {
        if (period.isZero() || grant.resources().isEmpty()) return Optional.empty();
        var until = moment.at().plus(period);
        return Optional.of(new OfOffer(new ResourcesRefused(grant, until)));
    }
}
