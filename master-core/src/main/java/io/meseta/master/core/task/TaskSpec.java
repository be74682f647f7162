package io.meseta.master.core.task;

import io.meseta.model.Opaque;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.TaskId;

/// What a framework wants to run, as far as decisions need it; the rest stays in `wire`.
///
/// @param role on whose behalf the resources are used
/// @param wire its `TaskInfo` as it came
/// @param home what it is part of
public record TaskSpec(
        TaskId id, String name, Role role, Resources resources, Opaque wire, Home home) {

    /// A command that is run for itself.
    public TaskSpec(TaskId id, String name, Role role, Resources resources, Opaque wire) {
        this(id, name, role, resources, wire, new Home.Own());
    }

    public TaskSpec {
        if (resources.isEmpty()) throw new IllegalArgumentException("Task uses no resources");
    }
}
