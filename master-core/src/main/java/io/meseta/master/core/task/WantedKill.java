package io.meseta.master.core.task;

import io.meseta.model.Opaque;
import java.util.Optional;

/// That a task is to be killed.
///
/// @param order the number of the newest kill order to the agent
/// @param policy the `KillPolicy` as it came; empty for the task's own
/// @param preemption for whom, if the cluster itself wants it
public record WantedKill(long order, Opaque policy, Optional<Preemption> preemption) {

    /// As somebody wants it who has the right.
    public WantedKill(long order, Opaque policy) {
        this(order, policy, Optional.empty());
    }

    /// Whoever wants it as well does not change why it was wanted first.
    WantedKill after(WantedKill earlier) {
        return new WantedKill(order, policy, earlier.preemption.or(() -> preemption));
    }
}
