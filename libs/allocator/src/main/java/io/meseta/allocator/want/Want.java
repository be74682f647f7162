package io.meseta.allocator.want;

import io.meseta.model.AgentId;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import java.time.Instant;
import java.util.Optional;

/// Resources of one agent that a framework has said it needs in one of its roles.
///
/// @param needed in one piece; how they are reserved plays no part
/// @param agent the only one that will do; empty for any
/// @param since when it was first said
public record Want(Role role, Resources needed, Optional<AgentId> agent, Instant since) {

    public Want {
        if (needed.isEmpty()) throw new IllegalArgumentException("nothing is needed");
    }

    /// Whether these resources of the agent are enough.
    public boolean isMetBy(AgentId there, Resources had) {
        return (agent.isEmpty() || agent.get().equals(there)) && Shortage.none(needed, had);
    }
}
