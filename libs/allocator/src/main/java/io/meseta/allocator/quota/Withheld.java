package io.meseta.allocator.quota;

import io.meseta.model.FrameworkId;
import io.meseta.model.Role;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// What has been kept from claimants who would have taken more. When they may have more, they are
/// asked again, on every agent.
///
/// @param limited the roles whose limits did
/// @param isForGuarantees whether something was kept free for what other roles are guaranteed
/// @param sated the frameworks that have too many offers unanswered
/// @param spared the frameworks that have offers unanswered, and are offered nothing of agents that
///   will be away soon until they have none
public record Withheld(
        SortedSet<Role> limited,
        boolean isForGuarantees,
        SortedSet<FrameworkId> sated,
        SortedSet<FrameworkId> spared) {

    public static final Withheld NOTHING =
            new Withheld(new TreeSet<>(), false, new TreeSet<>(), new TreeSet<>());

    public Withheld {
        limited = Collections.unmodifiableSortedSet(copy(limited));
        sated = Collections.unmodifiableSortedSet(copy(sated));
        spared = Collections.unmodifiableSortedSet(copy(spared));
    }

    /// What was kept back here or there.
    public Withheld and(Withheld other) {
        var roles = new TreeSet<Role>(limited);
        roles.addAll(other.limited);
        var full = new TreeSet<FrameworkId>(sated);
        full.addAll(other.sated);
        var held = new TreeSet<FrameworkId>(spared);
        held.addAll(other.spared);
        return new Withheld(roles, isForGuarantees || other.isForGuarantees, full, held);
    }

    /// The same from frameworks, and nothing by quota.
    public Withheld ofFrameworks() {
        return new Withheld(new TreeSet<>(), false, sated, spared);
    }

    /// The same by quota, with these roles limited.
    Withheld byQuota(SortedSet<Role> roles, boolean forGuarantees) {
        return new Withheld(roles, forGuarantees, sated, spared);
    }

    private static <T> SortedSet<T> copy(SortedSet<T> some) {
        var copy = new TreeSet<T>();
        copy.addAll(some);
        return copy;
    }
}
