package io.meseta.allocator;

import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Resources;
import io.meseta.model.Role;

/// Resources of one agent for one framework in one of its roles.
public record Grant(AgentId agent, FrameworkId framework, Role role, Resources resources) {

    Claimant claimant() {
        return new Claimant(framework, role);
    }
}
