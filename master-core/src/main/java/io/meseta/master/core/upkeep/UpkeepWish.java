package io.meseta.master.core.upkeep;

import io.meseta.model.AgentId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What operators may want of machines.
public sealed interface UpkeepWish {

    record DeactivateAgent(AgentId agent) implements UpkeepWish {}

    /// Offer it again; not while it is being drained.
    record ReactivateAgent(AgentId agent) implements UpkeepWish {}

    /// @param graceMax see [Drain]
    record DrainAgent(AgentId agent, Optional<Duration> graceMax, boolean marksGone)
            implements UpkeepWish {}

    /// Stop a drain that has not ended, and offer the agent again. What was told to end ends.
    record CancelDrain(AgentId agent) implements UpkeepWish {}

    record MarkGone(AgentId agent) implements UpkeepWish {}

    /// @param windows no machine is in two of them
    record SetSchedule(List<Window> windows) implements UpkeepWish {

        public SetSchedule {
            windows = List.copyOf(windows);
        }
    }

    /// @param machines each named once
    record TakeDown(List<MachineId> machines) implements UpkeepWish {

        public TakeDown {
            machines = List.copyOf(machines);
        }
    }

    /// @param machines each named once
    record BringUp(List<MachineId> machines) implements UpkeepWish {

        public BringUp {
            machines = List.copyOf(machines);
        }
    }
}
