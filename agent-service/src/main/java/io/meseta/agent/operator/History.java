package io.meseta.agent.operator;

import io.meseta.agent.core.task.AgentTask;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.model.TaskState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;

/// What this process has seen of tasks beyond what it must keep: the statuses it sent, and the
/// tasks that are done. Bounded, and gone with the process, as in Mesos.
public final class History {

    private static final int COMPLETED_MAX = 200;
    private static final int STATUSES_MAX = 32;

    /// A task that is done, with all its statuses.
    public record Completed(AgentTask task, List<TaskStatus> statuses) {}

    private final Map<UUID, List<TaskStatus>> statuses = new ConcurrentHashMap<>();
    private final ConcurrentLinkedDeque<Completed> completed = new ConcurrentLinkedDeque<>();
    private final Map<TaskState, AtomicLong> counts = new EnumMap<>(TaskState.class);
    private final AtomicLong updates = new AtomicLong();
    private final AtomicLong launchErrors = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();

    public History() {
        for (var state : TaskState.values()) counts.put(state, new AtomicLong());
    }

    /// A status went out; it may have gone out before.
    public void sent(AgentTask task, TaskStatus status) {
        updates.incrementAndGet();
        if (status.getReason() == TaskStatus.Reason.REASON_CONTAINER_LAUNCH_FAILED
                && statusesOf(task).stream().noneMatch(seen -> isSame(seen, status)))
            launchErrors.incrementAndGet();
        statuses.compute(
                task.container(), (_, seen) -> with(seen == null ? List.of() : seen, status));
    }

    /// Nothing is left to be said of the task.
    public void done(AgentTask task) {
        ended.incrementAndGet();
        var seen = statuses.remove(task.container());
        completed.addFirst(new Completed(task, seen == null ? List.of() : seen));
        if (completed.size() > COMPLETED_MAX) completed.pollLast();
        var count = counts.get(task.latest());
        if (count != null) count.incrementAndGet();
    }

    List<TaskStatus> statusesOf(AgentTask task) {
        return statuses.getOrDefault(task.container(), List.of());
    }

    /// Newest first.
    List<Completed> completed() {
        return List.copyOf(completed);
    }

    long completedIn(TaskState state) {
        var count = counts.get(state);
        return count == null ? 0 : count.get();
    }

    /// How many tasks could not be started.
    long launchErrors() {
        return launchErrors.get();
    }

    /// How many tasks are done.
    long ended() {
        return ended.get();
    }

    private static boolean isSame(TaskStatus seen, TaskStatus status) {
        return seen.getUuid().equals(status.getUuid());
    }

    long updatesSent() {
        return updates.get();
    }

    private static List<TaskStatus> with(List<TaskStatus> seen, TaskStatus status) {
        if (seen.stream().anyMatch(each -> isSame(each, status))) return seen;
        var more = new ArrayList<>(seen);
        more.add(status);
        if (more.size() > STATUSES_MAX) more.removeFirst();
        return List.copyOf(more);
    }
}
