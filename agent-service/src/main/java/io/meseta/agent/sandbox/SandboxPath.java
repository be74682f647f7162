package io.meseta.agent.sandbox;

import io.meseta.agent.core.executor.AgentExecutor;
import io.meseta.agent.core.task.AgentTask;
import io.meseta.agent.core.task.Home;
import io.meseta.model.AgentId;
import io.meseta.model.ExecutorId;
import io.meseta.model.ExecutorKey;
import io.meseta.model.TaskKey;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/// Where one run of one executor has its directory, or one task within it.
///
/// A command task is its own executor, so its id stands in the executor's place.
///
/// @param run the executor's run
/// @param nested the task's run, if it has a directory of its own within that of its executor
public record SandboxPath(AgentId agent, ExecutorKey executor, UUID run, List<UUID> nested) {

    public SandboxPath {
        nested = List.copyOf(nested);
        if (nested.size() > 1) throw new IllegalArgumentException("more than one level");
    }

    /// Of a command task.
    public SandboxPath(AgentId agent, TaskKey key, UUID container) {
        this(
                agent,
                new ExecutorKey(key.framework(), new ExecutorId(key.task().value())),
                container,
                List.of());
    }

    /// Where the task runs.
    public static SandboxPath of(AgentId agent, AgentTask task) {
        return switch (task.spec().home()) {
            case Home.Own() -> new SandboxPath(agent, task.key(), task.container());
            case Home.Hosted(var executor, var run, _) ->
                    new SandboxPath(agent, executor, run, List.of());
            case Home.Grouped(var executor, var run) ->
                    new SandboxPath(agent, executor, run, List.of(task.container()));
        };
    }

    public static SandboxPath of(AgentId agent, AgentExecutor executor) {
        return new SandboxPath(agent, executor.key(), executor.container(), List.of());
    }

    /// Of the executor that the task belongs to.
    public SandboxPath outer() {
        return new SandboxPath(agent, executor, run, List.of());
    }

    public boolean isNested() {
        return !nested.isEmpty();
    }

    /// `slaves/AGENT/frameworks/F/executors/E/runs/RUN`, and `containers/TASK_RUN` below it
    Path under(Path workDirectory) {
        var path =
                workDirectory
                        .resolve("slaves")
                        .resolve(agent.value())
                        .resolve("frameworks")
                        .resolve(executor.framework().value())
                        .resolve("executors")
                        .resolve(executor.executor().value())
                        .resolve("runs")
                        .resolve(run.toString());
        for (var container : nested)
            path = path.resolve("containers").resolve(container.toString());
        return path;
    }
}
