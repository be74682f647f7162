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
public record Withheld(
        SortedSet<Role> limited, boolean isForGuarantees, SortedSet<FrameworkId> sated) {

    public static final Withheld NOTHING = new Withheld(new TreeSet<>(), false, new TreeSet<>());

    public Withheld {
        limited = Collections.unmodifiableSortedSet(copy(limited));
        sated = Collections.unmodifiableSortedSet(copy(sated));
    }

    /// What was kept back here or there.
    public Withheld and(Withheld other) {
        var roles = new TreeSet<Role>(limited);
        roles.addAll(other.limited);
        var frameworks = new TreeSet<FrameworkId>(sated);
        frameworks.addAll(other.sated);
        return new Withheld(roles, isForGuarantees || other.isForGuarantees, frameworks);
    }

    private static <T> SortedSet<T> copy(SortedSet<T> some) {
        var copy = new TreeSet<T>();
        copy.addAll(some);
        return copy;
    }
}
