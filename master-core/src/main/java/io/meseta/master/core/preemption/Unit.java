package io.meseta.master.core.preemption;

import io.meseta.master.core.task.Task;
import io.meseta.model.Priority;
import io.meseta.model.Resources;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// Tasks that can only end together: one, or a group.
///
/// @param priority the highest of theirs
/// @param part what somebody else could have of what they use
/// @param since when the oldest was launched
record Unit(List<Task> tasks, Priority priority, Resources part, Instant since) {

    /// The cheapest first: of low priority, few, and young.
    static final Comparator<Unit> ORDER =
            Comparator.comparing(Unit::priority)
                    .thenComparingInt(Unit::size)
                    .thenComparing(Unit::since, Comparator.reverseOrder())
                    .thenComparing(unit -> unit.tasks.getFirst().key());

    Unit {
        tasks = List.copyOf(tasks);
    }

    int size() {
        return tasks.size();
    }

    Unit of(Resources other) {
        return new Unit(tasks, priority, other, since);
    }
}
