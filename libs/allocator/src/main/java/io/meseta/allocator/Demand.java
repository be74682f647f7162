package io.meseta.allocator;

import io.meseta.model.FrameworkId;
import io.meseta.model.Role;
import io.meseta.model.Weight;
import io.meseta.model.quota.Quota;
import org.pcollections.TreePMap;

/// The frameworks, and the weights and quotas of roles.
record Demand(
        TreePMap<FrameworkId, Member> members,
        TreePMap<Role, Weight> weights,
        TreePMap<Role, Quota> quotas) {

    static final Demand NONE = new Demand(TreePMap.empty(), TreePMap.empty(), TreePMap.empty());

    /// A framework. An inactive one is offered nothing.
    record Member(FrameworkTraits traits, boolean isActive) {}

    Demand with(FrameworkId framework, Member member) {
        return new Demand(members.plus(framework, member), weights, quotas);
    }

    Demand without(FrameworkId framework) {
        return new Demand(members.minus(framework), weights, quotas);
    }

    Demand weighted(Role role, Weight weight) {
        return new Demand(members, weights.plus(role, weight), quotas);
    }

    /// A quota that neither promises nor forbids anything is none.
    Demand limited(Role role, Quota quota) {
        return new Demand(
                members, weights, quota.isNone() ? quotas.minus(role) : quotas.plus(role, quota));
    }

    double weight(Role role) {
        return weights.getOrDefault(role, Weight.DEFAULT).value();
    }
}
