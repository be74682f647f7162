package io.meseta.agent.core.step;

/// Something to do to one task's or executor's processes now. Each may be done twice without harm.
public sealed interface Step {

    Subject key();

    /// Make the sandbox and fetch into it.
    record Prepare(Subject key) implements Step {}

    /// Give up making the sandbox.
    record StopPreparing(Subject key) implements Step {}

    record Start(Subject key) implements Step {}

    /// Signal TERM to everything of it.
    record Terminate(Subject key) implements Step {}

    /// Signal KILL to everything of it until nothing is left.
    record Destroy(Subject key) implements Step {}

    /// Tell the core that there is no process.
    record ReportAbsent(Subject key) implements Step {}
}
