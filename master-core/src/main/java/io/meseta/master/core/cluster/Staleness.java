package io.meseta.master.core.cluster;

import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.offer.RefusalPeriod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes back offers that nobody answers: somebody else may be waiting for what they hold.
final class Staleness {

    private Staleness() {}

    /// When the next offer is too old; empty where offers last for ever.
    static Optional<Instant> next(Cluster cluster) {
        var timeout = cluster.reign().terms().offers().timeout();
        if (timeout.isZero()) return Optional.empty();
        return cluster.offers().oldest().map(oldest -> oldest.plus(timeout));
    }

    /// Whoever has let an offer grow old is not offered the same again at once: the others come
    /// first.
    static List<Event> due(Cluster cluster, Moment moment) {
        var next = next(cluster);
        if (next.isEmpty() || next.get().isAfter(moment.at())) return List.of();
        var timeout = cluster.reign().terms().offers().timeout();
        var stale = cluster.offers().madeBy(moment.at().minus(timeout));
        var events = new ArrayList<Event>(Withdrawal.rescind(stale));
        for (var offer : stale) refused(offer, moment).ifPresent(events::add);
        return events;
    }

    private static Optional<Event> refused(Offer offer, Moment moment) {
        return Declining.refuse(offer.grant(), RefusalPeriod.DEFAULT, moment);
    }
}
