package io.meseta.master.core.cluster;

import static java.util.Collections.emptySortedSet;

import io.meseta.allocator.want.Want;
import io.meseta.master.core.cluster.Event.OfFramework;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.framework.FrameworkEvent.ResourcesRequested;
import io.meseta.master.core.framework.FrameworkEvent.RolesRevived;
import io.meseta.master.core.framework.FrameworkEvent.RolesSuppressed;
import io.meseta.master.core.gang.Gang;
import io.meseta.master.core.gang.GangId;
import io.meseta.model.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SortedSet;

/// For which roles a framework wants offers, and what it needs.
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

    /// Wishes for a role that the framework is not in are passed over: nothing would be offered.
    static List<Event> request(Framework framework, List<Command.Wish> wishes, Moment moment) {
        var roles = framework.profile().roles();
        var first = roles.getFirst();
        var wants = new ArrayList<Want>();
        var gangs = new LinkedHashMap<GangId, List<Want>>();
        for (var wish : wishes) {
            var role = wish.role().orElse(first);
            if (wish.needed().isEmpty() || !roles.contains(role)) continue;
            var want = new Want(role, wish.needed(), wish.agent(), moment.at());
            wish.gang()
                    .map(name -> new GangId(framework.id(), role, name))
                    .map(id -> gangs.computeIfAbsent(id, _ -> new ArrayList<>()))
                    .orElse(wants)
                    .add(want);
        }
        // The room before this one refuses more: here it is a bound, and no answer.
        var few = new ArrayList<Gang>();
        for (var each : gangs.entrySet())
            if (few.size() < Gang.EACH_MAX) few.add(new Gang(each.getKey(), each.getValue()));
        return List.of(new OfFramework(new ResourcesRequested(framework.id(), wants, few)));
    }

    /// All of the framework's roles if none is named; none at all if one is named that it does not
    /// have, since Mesos drops such a call whole.
    private static SortedSet<Role> named(Framework framework, SortedSet<Role> roles) {
        var own = framework.profile().roles();
        if (roles.isEmpty()) return own;
        return own.containsAll(roles) ? roles : emptySortedSet();
    }
}
