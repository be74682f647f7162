package io.meseta.allocator;

import io.meseta.model.AgentCapability;
import io.meseta.model.Amount;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.FrameworkId;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.Scalar;
import java.time.Instant;

/// One reason why a framework is not granted resources.
public sealed interface Veto {

    /// Whether waiting helps.
    enum Permanence {
        /// Not before the framework, the agent or the demand is another.
        NEVER,
        /// Others may free what is missing, or time may.
        NOT_NOW
    }

    Permanence permanence();

    record UnknownFramework(FrameworkId framework) implements Veto {
        @Override
        public Permanence permanence() {
            return Permanence.NOT_NOW;
        }
    }

    /// The framework is disconnected or was deactivated.
    record FrameworkInactive() implements Veto {
        @Override
        public Permanence permanence() {
            return Permanence.NOT_NOW;
        }
    }

    /// The framework is not in the role for which resources are sought.
    record RolesDiffer(Role role) implements Veto {
        @Override
        public Permanence permanence() {
            return Permanence.NEVER;
        }
    }

    /// The framework asked for no offers in the role.
    record Suppressed(Role role) implements Veto {
        @Override
        public Permanence permanence() {
            return Permanence.NOT_NOW;
        }
    }

    /// The framework has so many offers that it has not answered that it gets no more.
    ///
    /// @param most the part of the cluster that it may leave unanswered
    record Sated(double most) implements Veto {
        @Override
        public Permanence permanence() {
            return Permanence.NOT_NOW;
        }
    }

    record AgentInactive() implements Veto {
        @Override
        public Permanence permanence() {
            return Permanence.NOT_NOW;
        }
    }

    /// The agent has GPUs and is kept for frameworks that use them.
    record GpuReserved() implements Veto {
        @Override
        public Permanence permanence() {
            return Permanence.NEVER;
        }
    }

    /// The agent is in another region, and the framework does not know regions.
    record RemoteRegion() implements Veto {
        @Override
        public Permanence permanence() {
            return Permanence.NEVER;
        }
    }

    /// The agent is too old for the framework or its role.
    record AgentLacks(AgentCapability capability) implements Veto {
        @Override
        public Permanence permanence() {
            return Permanence.NEVER;
        }
    }

    /// The framework has said that it wants nothing of agents like this one in the role.
    record Constrained(Role role) implements Veto {

        @Override
        public Permanence permanence() {
            return Permanence.NEVER;
        }
    }

    /// Some of what is sought is there, but in a form the framework does not understand.
    record FrameworkLacks(FrameworkCapability capability, Resources hidden) implements Veto {
        @Override
        public Permanence permanence() {
            return Permanence.NEVER;
        }
    }

    /// Less is free for this framework than it needs.
    ///
    /// @param permanence never, if the agent would not have enough even without any other user
    record NotEnough(String resource, Amount needed, Amount available, Permanence permanence)
            implements Veto {}

    /// The role, or one above it, would have more than its quota allows.
    ///
    /// @param left what the role's limit leaves
    /// @param permanence never, if the limit itself is less than is needed
    record QuotaLimit(Role role, String resource, Scalar left, Permanence permanence)
            implements Veto {}

    /// What is free is kept for roles that have less than they are guaranteed.
    ///
    /// @param surplus what is free in the whole cluster beyond that
    record Headroom(String resource, Scalar surplus) implements Veto {
        @Override
        public Permanence permanence() {
            return Permanence.NOT_NOW;
        }
    }

    /// The agent is kept for somebody for whom tasks end there, or for the framework itself until
    /// that is enough.
    record Kept() implements Veto {
        @Override
        public Permanence permanence() {
            return Permanence.NOT_NOW;
        }
    }

    /// The agent will be away soon, and the framework has not answered offers of others that stay.
    record Leaving() implements Veto {
        @Override
        public Permanence permanence() {
            return Permanence.NOT_NOW;
        }
    }

    /// The framework gathers what it needs together in the role, and is offered nothing else but
    /// what it has said it needs meanwhile.
    record Gathering(Role role) implements Veto {
        @Override
        public Permanence permanence() {
            return Permanence.NOT_NOW;
        }
    }

    /// What is free is less than the framework's least, so it is not worth an offer.
    record BelowMinimum(Resources available) implements Veto {
        @Override
        public Permanence permanence() {
            return Permanence.NOT_NOW;
        }
    }

    /// The framework has refused all that is free.
    record Filtered(Instant until) implements Veto {
        @Override
        public Permanence permanence() {
            return Permanence.NOT_NOW;
        }
    }
}
