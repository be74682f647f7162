package io.meseta.master.core.cluster;

import io.meseta.master.core.cluster.Event.OfRole;
import io.meseta.master.core.role.RoleEvent.WeightsUpdated;
import io.meseta.master.core.role.Roles;
import io.meseta.model.Role;
import io.meseta.model.Weight;
import java.util.ArrayList;
import java.util.SortedMap;

/// Roles get other weights.
final class WeightChanges {

    private WeightChanges() {}

    /// What is offered was shared by the older weights: if somebody is in one of the roles, it is
    /// shared anew.
    static Decision decide(Cluster cluster, SortedMap<Role, Weight> weights, Moment moment) {
        if (cluster.roles().weights().plusAll(weights).size() > Roles.EACH_MAX)
            return Decisions.refused(new Refusal.TooMuch("roles with a weight", Roles.EACH_MAX));
        var events = new ArrayList<Event>();
        if (weights.isEmpty()) return Decisions.accepted(events);
        events.add(new OfRole(new WeightsUpdated(weights, moment.at())));
        boolean isFelt =
                cluster.frameworks().values().stream()
                        .flatMap(framework -> framework.profile().roles().stream())
                        .anyMatch(role -> isIn(role, weights));
        if (isFelt) events.addAll(Withdrawal.rescind(cluster.offers().all().stream().toList()));
        return Decisions.accepted(events);
    }

    private static boolean isIn(Role role, SortedMap<Role, Weight> weights) {
        return weights.containsKey(role)
                || role.ancestors().stream().anyMatch(each -> weights.containsKey(each));
    }
}
