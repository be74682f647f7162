package io.meseta.allocator;

import io.meseta.model.Role;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// What quota has kept from claimants who would have taken more. When it lets them have more, they
/// are asked again, on every agent.
///
/// @param limited the roles whose limits did
/// @param isForGuarantees whether something was kept free for what other roles are guaranteed
public record Withheld(SortedSet<Role> limited, boolean isForGuarantees) {

    public static final Withheld NOTHING = new Withheld(new TreeSet<>(), false);

    public Withheld {
        var copy = new TreeSet<Role>();
        copy.addAll(limited);
        limited = Collections.unmodifiableSortedSet(copy);
    }
}
