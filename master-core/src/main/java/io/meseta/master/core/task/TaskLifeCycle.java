package io.meseta.master.core.task;

import static io.meseta.model.TaskState.*;

import io.meseta.model.TaskState;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/// The legal moves between task states.
///
/// A report that asks for any other move is not refused, since the framework must still see it; it
/// just does not move the task.
public final class TaskLifeCycle {

    private static final Set<TaskState> ENDS =
            EnumSet.of(
                    TASK_FINISHED,
                    TASK_FAILED,
                    TASK_KILLED,
                    TASK_ERROR,
                    TASK_LOST,
                    TASK_DROPPED,
                    TASK_GONE,
                    TASK_GONE_BY_OPERATOR);

    private static final Map<TaskState, Set<TaskState>> MOVES = moves();

    private TaskLifeCycle() {}

    /// Whether a task may go from one state to the other. Staying is always allowed.
    public static boolean allows(TaskState from, TaskState to) {
        return from == to || MOVES.getOrDefault(from, EnumSet.noneOf(TaskState.class)).contains(to);
    }

    private static Map<TaskState, Set<TaskState>> moves() {
        var table = new EnumMap<TaskState, Set<TaskState>>(TaskState.class);
        table.put(TASK_STAGING, ends(TASK_STARTING, TASK_RUNNING, TASK_KILLING, TASK_UNREACHABLE));
        table.put(TASK_STARTING, ends(TASK_RUNNING, TASK_KILLING, TASK_UNREACHABLE));
        table.put(TASK_RUNNING, ends(TASK_KILLING, TASK_UNREACHABLE));
        table.put(TASK_KILLING, ends(TASK_UNREACHABLE));
        // An agent that comes back says what each task is at by now.
        table.put(TASK_UNREACHABLE, ends(TASK_STAGING, TASK_STARTING, TASK_RUNNING, TASK_KILLING));
        return table;
    }

    private static Set<TaskState> ends(TaskState... others) {
        var states = EnumSet.copyOf(ENDS);
        states.addAll(Arrays.asList(others));
        return states;
    }
}
