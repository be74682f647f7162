package io.meseta.agent.core.step;

import io.meseta.model.TaskKey;

/// Something to do to one task's processes now. Each may be done twice without harm.
public sealed interface Step {

    TaskKey key();

    /// Make the sandbox and fetch into it.
    record Prepare(TaskKey key) implements Step {}

    /// Give up making the sandbox.
    record StopPreparing(TaskKey key) implements Step {}

    record Start(TaskKey key) implements Step {}

    /// Signal TERM to everything of it.
    record Terminate(TaskKey key) implements Step {}

    /// Signal KILL to everything of it until nothing is left.
    record Destroy(TaskKey key) implements Step {}

    /// Tell the core that there is no process.
    record ReportAbsent(TaskKey key) implements Step {}
}
