package io.meseta.allocator;

import io.meseta.allocator.quota.Settlement;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import java.util.Collection;
import org.pcollections.TreePSet;

/// What has changed since the last settling: agents that may have something new for anyone, and
/// frameworks that may take something anywhere.
///
/// @param last how quota stood then
record Unsettled(TreePSet<AgentId> agents, TreePSet<FrameworkId> frameworks, Settlement last) {

    static final Unsettled NOTHING = since(Settlement.NONE);

    static Unsettled since(Settlement settlement) {
        return new Unsettled(TreePSet.empty(), TreePSet.empty(), settlement);
    }

    Unsettled plus(AgentId agent) {
        return agents.contains(agent) ? this : new Unsettled(agents.plus(agent), frameworks, last);
    }

    Unsettled plusAll(Collection<AgentId> more) {
        return new Unsettled(agents.plusAll(more), frameworks, last);
    }

    Unsettled minus(AgentId agent) {
        return new Unsettled(agents.minus(agent), frameworks, last);
    }

    Unsettled plus(FrameworkId framework) {
        return new Unsettled(agents, frameworks.plus(framework), last);
    }

    Unsettled minus(FrameworkId framework) {
        return new Unsettled(agents, frameworks.minus(framework), last);
    }

    Unsettled plusFrameworks(Collection<FrameworkId> more) {
        return new Unsettled(agents, frameworks.plusAll(more), last);
    }

    /// The same things, where quota stands as it does now.
    Unsettled from(Settlement settlement) {
        return new Unsettled(agents, frameworks, settlement);
    }
}
