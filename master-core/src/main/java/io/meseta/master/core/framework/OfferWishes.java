package io.meseta.master.core.framework;

import static java.util.Collections.emptySortedSet;
import static java.util.Collections.unmodifiableSortedSet;

import io.meseta.allocator.constraint.OfferConstraints;
import io.meseta.model.Role;
import java.util.SortedSet;
import java.util.TreeSet;

/// What a framework wants to be offered. It says so with each subscription and with each update,
/// and whatever it said before is forgotten.
///
/// @param suppressed the roles for which it wants nothing now
/// @param constraints of which agents it wants anything
public record OfferWishes(SortedSet<Role> suppressed, OfferConstraints constraints) {

    /// Anything for any role.
    public static final OfferWishes ALL = new OfferWishes(emptySortedSet(), OfferConstraints.NONE);

    public OfferWishes {
        suppressed = unmodifiableSortedSet(new TreeSet<>(suppressed));
    }
}
