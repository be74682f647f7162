package io.meseta.master.core.task;

import io.meseta.model.FrameworkId;
import io.meseta.model.Priority;
import io.meseta.model.Role;
import java.time.Instant;
import java.util.Optional;

/// For whom the cluster itself has a task end.
///
/// @param role that is to have what the task uses
/// @param framework empty where it is for any framework of the role
/// @param priority of those for whom it ends
/// @param own the task's priority
public record Preemption(
        Role role,
        Optional<FrameworkId> framework,
        Cause cause,
        Priority priority,
        Priority own,
        Instant at) {

    /// Why somebody else comes first.
    public enum Cause {
        /// It has a higher priority.
        PRIORITY,
        /// It has less than it is guaranteed, and the task has some of that.
        GUARANTEE
    }

    /// What the task's framework is told.
    public String words() {
        return switch (cause) {
            case PRIORITY ->
                    "Preempted for role '%s'%s: its priority is %s, this task's %s"
                            .formatted(role, someone(), priority, own);
            case GUARANTEE ->
                    "Preempted for role '%s'%s: it has less than it is guaranteed"
                            .formatted(role, someone());
        };
    }

    private String someone() {
        return framework.map(" (framework %s)"::formatted).orElse("");
    }
}
