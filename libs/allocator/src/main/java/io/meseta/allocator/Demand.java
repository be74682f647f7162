package io.meseta.allocator;

import io.meseta.model.FrameworkId;
import io.meseta.model.Role;
import io.meseta.model.Weight;
import org.pcollections.TreePMap;

/// The frameworks and the weights of their roles.
record Demand(TreePMap<FrameworkId, Member> members, TreePMap<Role, Weight> weights) {

    static final Demand NONE = new Demand(TreePMap.empty(), TreePMap.empty());

    /// A framework. An inactive one is offered nothing.
    record Member(FrameworkTraits traits, boolean isActive) {}

    Demand with(FrameworkId framework, Member member) {
        return new Demand(members.plus(framework, member), weights);
    }

    Demand without(FrameworkId framework) {
        return new Demand(members.minus(framework), weights);
    }

    Demand weighted(Role role, Weight weight) {
        return new Demand(members, weights.plus(role, weight));
    }

    double weight(Role role) {
        return weights.getOrDefault(role, Weight.DEFAULT).value();
    }
}
