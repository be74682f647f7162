package io.meseta.allocator;

import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Role;

/// Agents that are kept for one claimant while what it needs is freed there.
///
/// Of such an agent nobody else is granted anything, and the claimant itself nothing that is not
/// enough for one of its wants. It is for the pool's owner to end that.
public final class Keeping {

    private Keeping() {}

    /// The pool with the agent kept; an unknown agent is passed over.
    public static Pool keep(Pool pool, AgentId agent, FrameworkId framework, Role role) {
        return pool.supplied(pool.supply.kept(agent, new Claimant(framework, role))).touched(agent);
    }

    /// The pool with the agent for anyone again.
    public static Pool release(Pool pool, AgentId agent) {
        return pool.supplied(pool.supply.kept(agent, null)).touched(agent);
    }
}
