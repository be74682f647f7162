package io.meseta.master.core.preemption;

import io.meseta.master.core.offer.Keep;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.task.Preemption;
import io.meseta.master.core.task.Task;
import java.util.List;
import java.util.Optional;

/// Tasks that end for somebody.
///
/// @param withdrawn offers to others, or to itself, that hold some of what it needs there
/// @param keep the agent that is kept for it meanwhile; empty where quota keeps what becomes free
public record Plan(List<Victim> victims, List<Offer> withdrawn, Optional<Keep> keep) {

    public Plan {
        victims = List.copyOf(victims);
        withdrawn = List.copyOf(withdrawn);
    }

    /// One that ends, and why.
    public record Victim(Task task, Preemption why) {}
}
