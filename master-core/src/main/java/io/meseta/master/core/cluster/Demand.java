package io.meseta.master.core.cluster;

import static java.util.Collections.emptySortedSet;

import io.meseta.master.core.cluster.Event.OfFramework;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.framework.FrameworkEvent.RolesRevived;
import io.meseta.master.core.framework.FrameworkEvent.RolesSuppressed;
import io.meseta.model.Role;
import java.util.List;
import java.util.SortedSet;

/// For which roles a framework wants offers.
final class Demand {

    private Demand() {}

    static List<Event> revive(Framework framework, SortedSet<Role> roles) {
        var named = named(framework, roles);
        return named.isEmpty()
                ? List.of()
                : List.of(new OfFramework(new RolesRevived(framework.id(), named)));
    }

    static List<Event> suppress(Framework framework, SortedSet<Role> roles) {
        var named = named(framework, roles);
        return named.isEmpty()
                ? List.of()
                : List.of(new OfFramework(new RolesSuppressed(framework.id(), named)));
    }

    /// All of the framework's roles if none is named; none at all if one is named that it does not
    /// have, since Mesos drops such a call whole.
    private static SortedSet<Role> named(Framework framework, SortedSet<Role> roles) {
        var own = framework.profile().roles();
        if (roles.isEmpty()) return own;
        return own.containsAll(roles) ? roles : emptySortedSet();
    }
}
