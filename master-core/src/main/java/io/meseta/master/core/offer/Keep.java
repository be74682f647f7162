package io.meseta.master.core.offer;

import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import java.time.Instant;

/// An agent that is offered to one framework alone while tasks of others end there for it.
///
/// @param needed what it is to have there
/// @param until when others are offered the agent again at the latest
public record Keep(
        AgentId agent, FrameworkId framework, Role role, Resources needed, Instant until) {

    public Beneficiary beneficiary() {
        return new Beneficiary(framework, role);
    }

    /// For whom something is kept.
    public record Beneficiary(FrameworkId framework, Role role) implements Comparable<Beneficiary> {

        @Override
        public int compareTo(Beneficiary other) {
            int order = framework.compareTo(other.framework);
            return order != 0 ? order : role.compareTo(other.role);
        }
    }
}
