package io.meseta.master.core.role;

import io.meseta.master.core.role.RoleChange.Made;
import io.meseta.master.core.role.RoleChange.TooMany;
import io.meseta.master.core.role.RoleEvent.WeightsUpdated;
import io.meseta.model.Role;
import io.meseta.model.Weight;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/// Roles get other weights.
public final class WeightChanges {

    private WeightChanges() {}

    /// What is offered was shared by the older weights: if somebody is in one of the roles, it is
    /// shared anew.
    public static RoleChange decide(
            RolePremises premises, SortedMap<Role, Weight> weights, Instant now) {
        if (premises.roles().weights().plusAll(weights).size() > Roles.EACH_MAX)
            return new TooMany("roles with a weight", Roles.EACH_MAX);
        if (weights.isEmpty()) return new Made(List.of(), List.of());
        boolean isFelt =
                premises.frameworks().values().stream()
                        .flatMap(framework -> framework.profile().roles().stream())
                        .anyMatch(role -> isIn(role, weights));
        return new Made(
                List.of(new WeightsUpdated(weights, now)),
                isFelt ? List.copyOf(premises.offers().all()) : List.of());
    }

    private static boolean isIn(Role role, SortedMap<Role, Weight> weights) {
        return weights.containsKey(role)
                || role.ancestors().stream().anyMatch(each -> weights.containsKey(each));
    }
}
