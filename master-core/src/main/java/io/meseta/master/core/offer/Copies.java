package io.meseta.master.core.offer;

import io.meseta.model.OfferId;
import org.pcollections.PSortedMap;
import org.pcollections.PSortedSet;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/// Which offers are copies of which.
///
/// @param byOriginal the copies of each offer that has any
/// @param bereft the offers that are over and have copies left: only between two lines of a batch
record Copies(PSortedMap<OfferId, PSortedSet<OfferId>> byOriginal, PSortedSet<OfferId> bereft) {

    static final Copies NONE = new Copies(TreePMap.empty(), TreePSet.empty());

    PSortedSet<OfferId> of(OfferId original) {
        return byOriginal.getOrDefault(original, TreePSet.empty());
    }

    Copies with(Offer offer) {
        return offer.copyOf()
                .map(original ->
                        new Copies(
                                byOriginal.plus(original, of(original).plus(offer.id())), bereft))
                .orElse(this);
    }

    Copies without(Offer offer) {
        if (byOriginal.isEmpty()) return this;
        if (offer.copyOf().isEmpty())
            return of(offer.id()).isEmpty()
                    ? this
                    : new Copies(byOriginal, bereft.plus(offer.id()));
        var original = offer.copyOf().get();
        var left = of(original).minus(offer.id());
        return left.isEmpty()
                ? new Copies(byOriginal.minus(original), bereft.minus(original))
                : new Copies(byOriginal.plus(original, left), bereft);
    }
}
