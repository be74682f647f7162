package io.meseta.master.links;

import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.task.Status;
import io.meseta.master.core.task.TaskEvent;
import io.meseta.master.engine.Committed;
import io.meseta.model.TaskState;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/// How many tasks have ended in which way since this process started.
public final class TaskEnds {

    private final Map<TaskState, LongAdder> ends = new EnumMap<>(TaskState.class);

    TaskEnds() {
        for (var state : TaskState.values()) ends.put(state, new LongAdder());
    }

    void count(Committed committed) {
        for (var event : committed.events())
            if (event instanceof Event.OfTask(var each)) count(each);
    }

    public long of(TaskState state) {
        return Objects.requireNonNull(ends.get(state)).sum();
    }

    private void count(TaskEvent event) {
        switch (event) {
            case TaskEvent.StatusReceived(_, var status, _, _) -> count(status);
            case TaskEvent.StatusDeclared(_, var status) -> count(status);
            // A launch that was refused ends a task which never was.
            case TaskEvent.StatusAnswered(_, _, var status) -> {
                if (status.state() == TaskState.TASK_ERROR
                        || status.state() == TaskState.TASK_DROPPED) count(status);
            }
            case TaskEvent.TaskLaunched _,
                    TaskEvent.StatusRepeated _,
                    TaskEvent.StatusAcknowledged _,
                    TaskEvent.EndAcknowledged _,
                    TaskEvent.KillWanted _,
                    TaskEvent.StrayReported _ -> {
                // Not an end.
            }
        }
    }

    private void count(Status status) {
        if (status.isTerminal()) Objects.requireNonNull(ends.get(status.state())).increment();
    }
}
