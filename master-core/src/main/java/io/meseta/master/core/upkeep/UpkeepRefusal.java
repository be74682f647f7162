package io.meseta.master.core.upkeep;

import io.meseta.model.AgentId;

/// Why something that concerns machines is refused.
public sealed interface UpkeepRefusal {

    record AgentUnknown(AgentId agent) implements UpkeepRefusal {}

    record NotDeactivated(AgentId agent) implements UpkeepRefusal {}

    record StillDraining(AgentId agent) implements UpkeepRefusal {}

    /// There is no drain that could be called off.
    record NotDraining(AgentId agent) implements UpkeepRefusal {}

    /// The agent's software does not know how to drain.
    record CannotDrain(AgentId agent) implements UpkeepRefusal {}

    /// The agent's machine is in the maintenance schedule: one of the two must do.
    record UnderMaintenance(AgentId agent) implements UpkeepRefusal {}

    /// The machine can't be treated like that.
    record MachineUnfit(MachineId machine, Problem problem) implements UpkeepRefusal {}

    /// An operator has marked the agent gone: it must not come back.
    record Gone(AgentId agent) implements UpkeepRefusal {}

    /// The agent's machine is under maintenance: it may come back afterwards.
    record MachineDown(MachineId machine) implements UpkeepRefusal {}

    /// What is wrong with a machine.
    enum Problem {
        NOT_SCHEDULED,
        NOT_DRAINING,
        NOT_DOWN,
        /// It is down, and would leave the schedule.
        DOWN_AND_LEFT_OUT,
        /// An agent on it is being drained.
        AGENT_DRAINING
    }
}
