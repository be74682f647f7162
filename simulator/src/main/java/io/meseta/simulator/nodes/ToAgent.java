package io.meseta.simulator.nodes;

import io.meseta.master.core.agent.LinkId;
import io.meseta.master.core.cluster.effect.Effect;
import io.meseta.model.AgentId;
import io.meseta.model.MasterId;

/// What comes down an agent's link.
sealed interface ToAgent {

    /// @param epoch of the master that says so
    record Told(AgentId agent, LinkId link, MasterId master, long epoch, Effect.Word word)
            implements ToAgent {}

    /// The last message, for more than a moment.
    record Dismissed(Effect.Then then) implements ToAgent {}

    /// The last message.
    record Over() implements ToAgent {}
}
