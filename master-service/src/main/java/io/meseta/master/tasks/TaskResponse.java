package io.meseta.master.tasks;

import io.meseta.master.core.task.Status;
import io.meseta.master.core.task.Task;
import io.swagger.v3.oas.annotations.media.Schema;

/// A task as our own REST shows it.
///
/// @param state by Mesos' name for it
/// @param message of its newest status; empty if there is none
/// @param launchedAt in ISO 8601
@Schema(name = "Task")
record TaskResponse(
        String framework,
        String id,
        String name,
        String agent,
        String role,
        String state,
        String message,
        String launchedAt) {

    static TaskResponse of(Task task) {
        return new TaskResponse(
                task.key().framework().value(),
                task.key().task().value(),
                task.spec().name(),
                task.agent().value(),
                task.spec().role().name(),
                task.state().name(),
                task.trail().last().map(Status::message).orElse(""),
                task.placement().at().toString());
    }
}
