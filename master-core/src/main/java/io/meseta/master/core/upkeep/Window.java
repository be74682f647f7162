package io.meseta.master.core.upkeep;

import java.util.List;

/// Machines that go away together.
///
/// @param machines at least one, in the order in which they were named
public record Window(List<MachineId> machines, Unavailability unavailability) {

    public Window {
        machines = List.copyOf(machines);
        if (machines.isEmpty()) throw new IllegalArgumentException("a window is for some machine");
    }
}
