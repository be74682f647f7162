package io.meseta.allocator.want;

import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.quota.Quantities;
import java.util.List;
import org.pcollections.TreePMap;

/// What a framework gathers for its gangs.
///
/// @param sets those that it has not got yet and may be given now
/// @param held what is held for it, by role
public record Seeking(List<GangSet> sets, TreePMap<Role, Quantities> held) {

    public static final Seeking NOTHING = new Seeking(List.of(), TreePMap.empty());

    public Seeking {
        sets = List.copyOf(sets);
    }

    public Seeking seeking(List<GangSet> others) {
        return new Seeking(others, held);
    }

    public boolean isFor(Role role) {
        for (var set : sets) if (set.want().role().equals(role)) return true;
        return false;
    }

    public List<GangSet> in(Role role) {
        if (sets.isEmpty()) return sets;
        return sets.stream().filter(set -> set.want().role().equals(role)).toList();
    }

    public Quantities heldIn(Role role) {
        return held.getOrDefault(role, Quantities.NONE);
    }

    /// With more or less that is held for it.
    public Seeking holding(Role role, Resources resources, int sign) {
        var amount = Quantities.of(resources);
        var before = heldIn(role);
        var now = sign > 0 ? before.plus(amount) : before.without(amount);
        return new Seeking(sets, now.isEmpty() ? held.minus(role) : held.plus(role, now));
    }
}
