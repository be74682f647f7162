package io.meseta.agent.sandbox;

import io.meseta.model.AgentId;
import io.meseta.model.TaskKey;
import java.nio.file.Path;
import java.util.UUID;

/// Where one run of one task has its directory.
///
/// A command task is its own executor, so its id stands in the executor's place.
public record SandboxPath(AgentId agent, TaskKey key, UUID container) {

    /// `slaves/AGENT/frameworks/F/executors/TASK/runs/CONTAINER`
    Path under(Path workDirectory) {
        return workDirectory
                .resolve("slaves")
                .resolve(agent.value())
                .resolve("frameworks")
                .resolve(key.framework().value())
                .resolve("executors")
                .resolve(key.task().value())
                .resolve("runs")
                .resolve(container.toString());
    }
}
