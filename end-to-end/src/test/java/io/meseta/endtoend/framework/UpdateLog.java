package io.meseta.endtoend.framework;

import io.meseta.mesos.v1.TaskState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Everything a framework has been told about its tasks, in the order in which it came.
public final class UpdateLog {

    private static final Set<TaskState> ENDS =
            Set.of(
                    TaskState.TASK_FINISHED,
                    TaskState.TASK_FAILED,
                    TaskState.TASK_KILLED,
                    TaskState.TASK_ERROR,
                    TaskState.TASK_LOST,
                    TaskState.TASK_DROPPED,
                    TaskState.TASK_GONE,
                    TaskState.TASK_GONE_BY_OPERATOR);

    private final Map<String, List<Update>> byTask = new LinkedHashMap<>();

    synchronized void add(Update update) {
        byTask.computeIfAbsent(update.task(), _ -> new ArrayList<>()).add(update);
    }

    /// All of a task, with repetitions and what the master said of its own accord.
    public synchronized List<Update> all(String task) {
        return List.copyOf(byTask.getOrDefault(task, List.of()));
    }

    /// The task's reliable updates, each counted once.
    ///
    /// An update may be repeated until its acknowledgement has arrived, but only the newest may:
    /// one that comes after its successor is out of order, and fails the test.
    public List<Update> of(String task) {
        var distinct = new ArrayList<Update>();
        var seen = new HashSet<>();
        for (var update : all(task)) {
            if (!update.isReliable()) continue;
            if (seen.add(update.uuid())) {
                distinct.add(update);
            } else if (!distinct.getLast().uuid().equals(update.uuid())) {
                throw new AssertionError(task + ": an older update came again: " + all(task));
            }
        }
        return distinct;
    }

    public List<TaskState> states(String task) {
        return of(task).stream().map(Update::state).toList();
    }

    public boolean hasEnded(String task) {
        return all(task).stream().anyMatch(update -> ENDS.contains(update.state()));
    }

    @Override
    public synchronized String toString() {
        return byTask.toString();
    }
}
