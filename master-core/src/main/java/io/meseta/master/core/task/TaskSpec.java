package io.meseta.master.core.task;

import io.meseta.model.Opaque;
import io.meseta.model.Priority;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.TaskId;
import java.util.Optional;

/// What a framework wants to run, as far as decisions need it; the rest stays in `wire`.
///
/// @param role on whose behalf the resources are used
/// @param wire its `TaskInfo` as it came
/// @param home what it is part of
/// @param priority as the framework labels it; empty for its role's
public record TaskSpec(
        TaskId id,
        String name,
        Role role,
        Resources resources,
        Opaque wire,
        Home home,
        Optional<Priority> priority) {

    /// Of its role's priority.
    public TaskSpec(
            TaskId id, String name, Role role, Resources resources, Opaque wire, Home home) {
        this(id, name, role, resources, wire, home, Optional.empty());
    }

    /// A command that is run for itself.
    public TaskSpec(TaskId id, String name, Role role, Resources resources, Opaque wire) {
        this(id, name, role, resources, wire, new Home.Own());
    }

    public TaskSpec {
        if (resources.isEmpty()) throw new IllegalArgumentException("Task uses no resources");
    }

    /// A framework may label a task as less important than its role, not as more.
    public Priority priorityIn(Priority ofRole) {
        return priority.orElse(ofRole).atMost(ofRole);
    }
}
