package io.meseta.allocator.constraint;

import static java.util.Collections.emptySortedMap;
import static java.util.Collections.unmodifiableSortedMap;

import io.meseta.model.Opaque;
import io.meseta.model.Role;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Of which agents a framework wants to be offered anything, role by role.
///
/// They keep away agents, not resources: an agent that passes is offered as it would be without
/// them.
///
/// @param groups at least one for each role that is named; a role that is not takes any agent
/// @param wire the message as it came, for those who want to see it
public record OfferConstraints(SortedMap<Role, List<Group>> groups, Opaque wire) {

    /// Any agent for any role.
    public static final OfferConstraints NONE =
            new OfferConstraints(emptySortedMap(), Opaque.EMPTY);

    /// An agent is in the group if all of these hold.
    public record Group(List<AttributeConstraint> constraints) {

        public Group {
            constraints = List.copyOf(constraints);
        }

        boolean admits(Place place) {
            for (var constraint : constraints) if (!constraint.admits(place)) return false;
            return true;
        }
    }

    public OfferConstraints {
        var copy = new TreeMap<Role, List<Group>>();
        groups.forEach((role, any) -> copy.put(role, List.copyOf(any)));
        groups = unmodifiableSortedMap(copy);
    }

    /// Whether the agent is in any of the role's groups.
    public boolean admits(Role role, Place place) {
        if (groups.isEmpty()) return true;
        var any = groups.get(role);
        if (any == null) return true;
        for (var group : any) if (group.admits(place)) return true;
        return false;
    }
}
