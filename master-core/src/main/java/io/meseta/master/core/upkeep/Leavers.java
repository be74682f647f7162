package io.meseta.master.core.upkeep;

import io.meseta.model.AgentId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// Which agents will be away soon, by the schedule.
///
/// Looked at whenever [Asking] looks, which is when the schedule changes and every second while
/// there is one. A machine that is down has no agent, and one whose window is over stays.
public final class Leavers {

    private Leavers() {}

    /// @param known those that left when it was last looked
    /// @param horizon how long before its window an agent counts as one that leaves
    public static List<UpkeepEvent> look(
            Premises premises, SortedSet<AgentId> known, Instant at, Duration horizon) {
        var upkeep = premises.upkeep();
        if (upkeep.maintenance().isEmpty() && known.isEmpty()) return List.of();
        boolean isDue = !upkeep.inverse().nextLook().isAfter(at);
        if (!isDue && !upkeep.maintenance().isEmpty()) return List.of();
        var found = found(premises, at, horizon);
        return found.equals(known) ? List.of() : List.of(new UpkeepEvent.LeaversFound(found));
    }

    private static SortedSet<AgentId> found(Premises premises, Instant at, Duration horizon) {
        var found = new TreeSet<AgentId>();
        var maintenance = premises.upkeep().maintenance();
        if (maintenance.isEmpty()) return found;
        for (var agent : premises.agents().values())
            if (maintenance
                    .unavailability(Premises.machine(agent))
                    .filter(away -> away.isNear(at, horizon))
                    .isPresent()) found.add(agent.id());
        return found;
    }
}
