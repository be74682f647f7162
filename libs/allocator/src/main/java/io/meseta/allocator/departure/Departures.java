package io.meseta.allocator.departure;

import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/// The agents that will be away soon, and who has something else in its hands.
///
/// @param hands how many offers of agents that stay each framework has not answered; counted only
///   while some agents leave
public record Departures(TreePSet<AgentId> agents, TreePMap<FrameworkId, Integer> hands) {

    public static final Departures NONE = new Departures(TreePSet.empty(), TreePMap.empty());

    /// Of these agents, with nothing in anybody's hands.
    public static Departures of(Collection<AgentId> agents) {
        return agents.isEmpty() ? NONE : new Departures(TreePSet.from(agents), TreePMap.empty());
    }

    public boolean isNone() {
        return agents.isEmpty();
    }

    public boolean isLeaving(AgentId agent) {
        return agents.contains(agent);
    }

    public int hand(FrameworkId framework) {
        return hands.getOrDefault(framework, 0);
    }

    /// With an offer of the agent more or less that the framework has not answered.
    public Departures counting(AgentId agent, FrameworkId framework, int sign) {
        if (isNone() || isLeaving(agent)) return this;
        int now = hand(framework) + sign;
        return new Departures(
                agents, now > 0 ? hands.plus(framework, now) : hands.minus(framework));
    }

    public Departures without(FrameworkId framework) {
        return hands.containsKey(framework) ? new Departures(agents, hands.minus(framework)) : this;
    }

    /// Moves those that leave behind those that stay; the order is else as it was.
    public void putLast(List<AgentId> order) {
        if (isNone()) return;
        var last = new ArrayList<AgentId>();
        for (var agent : order) if (isLeaving(agent)) last.add(agent);
        order.removeIf(this::isLeaving);
        order.addAll(last);
    }
}
