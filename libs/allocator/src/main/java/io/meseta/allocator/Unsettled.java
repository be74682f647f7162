package io.meseta.allocator;

import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import java.util.Collection;
import org.pcollections.TreePSet;

/// What has changed since the last settling: agents that may have something new for anyone, and
/// frameworks that may take something anywhere.
record Unsettled(TreePSet<AgentId> agents, TreePSet<FrameworkId> frameworks) {

    static final Unsettled NOTHING = new Unsettled(TreePSet.empty(), TreePSet.empty());

    Unsettled plus(AgentId agent) {
        return agents.contains(agent) ? this : new Unsettled(agents.plus(agent), frameworks);
    }

    Unsettled plusAll(Collection<AgentId> more) {
        return new Unsettled(agents.plusAll(more), frameworks);
    }

    Unsettled minus(AgentId agent) {
        return new Unsettled(agents.minus(agent), frameworks);
    }

    Unsettled plus(FrameworkId framework) {
        return new Unsettled(agents, frameworks.plus(framework));
    }

    Unsettled minus(FrameworkId framework) {
        return new Unsettled(agents, frameworks.minus(framework));
    }
}
