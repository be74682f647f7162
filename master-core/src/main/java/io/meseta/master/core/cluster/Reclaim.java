package io.meseta.master.core.cluster;

import io.meseta.master.core.offer.Offer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Takes back offers of what a role has lent and wants back: what is used stays in use.
final class Reclaim {

    /// The newest first: least has been made of them.
    private static final Comparator<Offer> ORDER =
            Comparator.comparing(Offer::madeAt).thenComparing(Offer::id).reversed();

    private Reclaim() {}

    static List<Event> due(Cluster cluster) {
        if (cluster.offers().size() == 0 || cluster.roles().sharings().isEmpty()) return List.of();
        var lending = cluster.pool().lending();
        var lacking = lending.reclaimed();
        if (lacking.isEmpty()) return List.of();
        var taken = new ArrayList<Offer>();
        for (var offer : cluster.offers().all().stream().sorted(ORDER).toList()) {
            if (lacking.isEmpty()) break;
            if (!lending.takeBack(offer.grant(), lacking)) continue;
            taken.add(offer);
            lacking = lending.reclaimed();
        }
        return Withdrawal.rescind(taken);
    }
}
