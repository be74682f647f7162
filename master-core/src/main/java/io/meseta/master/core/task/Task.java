package io.meseta.master.core.task;

import io.meseta.master.core.executor.Executor;
import io.meseta.model.AgentId;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import io.meseta.model.status.StatusReason;
import java.util.Optional;
import java.util.UUID;

/// A task that has been launched and whose end has not yet been acknowledged.
///
/// @param state the newest state that the master knows; may be ahead of what the framework was told
public record Task(
        TaskKey key,
        TaskSpec spec,
        Placement placement,
        TaskState state,
        StatusTrail trail,
        Optional<WantedKill> kill) {

    public static Task launched(TaskKey key, TaskSpec spec, Placement placement) {
        return new Task(
                key, spec, placement, TaskState.TASK_STAGING, StatusTrail.EMPTY, Optional.empty());
    }

    public AgentId agent() {
        return placement.agent();
    }

    /// Whether an agent that speaks of a launch by that order's number means this one.
    ///
    /// @param order 0 from an agent that does not tell launches apart
    public boolean isLaunchedBy(long order) {
        return order == 0 || order == placement.order();
    }

    /// Whether its resources are still in use. They are free with the first sign of its end, long
    /// before the framework has acknowledged it.
    public boolean holdsResources() {
        return !state.isTerminal();
    }

    /// Whether it is a task of the executor of that name, which may be an earlier one than its own.
    public boolean isOf(Executor executor) {
        return key.framework().equals(executor.key().framework())
                && spec.home().executorId().filter(executor.key().executor()::equals).isPresent();
    }

    /// The task once it has this status.
    ///
    /// @param newest the state that the reporter knows, which may be ahead of the status
    public Task received(Status status, TaskState newest) {
        var next = TaskLifeCycle.allows(state, newest) ? newest : state;
        return new Task(key, spec, placement, next, trail.received(status), kill);
    }

    public Task acknowledged(UUID uuid) {
        return new Task(key, spec, placement, state, trail.acknowledged(uuid), kill);
    }

    /// As it is if nobody remembers which statuses have been acknowledged.
    public Task unacknowledged() {
        return new Task(key, spec, placement, state, trail.unacknowledged(), kill);
    }

    /// As it is kept once it is over.
    public Task settled() {
        return new Task(key, spec, placement, state, trail.settled(), kill);
    }

    public Task toBeKilled(WantedKill wanted) {
        var newest = kill.map(wanted::after).orElse(wanted);
        return new Task(key, spec, placement, state, trail, Optional.of(newest));
    }

    /// For whom the cluster has it end, if it does.
    public Optional<Preemption> preemption() {
        return kill.flatMap(WantedKill::preemption);
    }

    /// What its agent says of it, with what only the cluster knows: why it is killed.
    public Status explained(Status status) {
        boolean isKilled =
                status.state() == TaskState.TASK_KILLED || status.state() == TaskState.TASK_KILLING;
        var preemption = preemption();
        if (!isKilled || preemption.isEmpty()) return status;
        return status.because(StatusReason.REASON_CONTAINER_PREEMPTED, preemption.get().words());
    }

    /// Whether the framework is expected to acknowledge `uuid` next.
    public boolean awaits(UUID uuid) {
        return trail.isPending(uuid);
    }

    /// Whether that status has been acknowledged, or another has come after it: an agent sends the
    /// next one only when it has heard of the acknowledgement.
    public boolean isPast(UUID uuid) {
        return trail.isPast(uuid);
    }
}
