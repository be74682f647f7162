package io.meseta.master.core.task;

import static io.meseta.model.TaskState.TASK_KILLING;
import static io.meseta.model.TaskState.TASK_RUNNING;
import static io.meseta.model.TaskState.TASK_STAGING;
import static io.meseta.model.TaskState.TASK_STARTING;
import static io.meseta.model.TaskState.TASK_UNKNOWN;
import static io.meseta.model.TaskState.TASK_UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.model.TaskState;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskLifeCycleTest {

    /// Each state may only be followed by later ones, an unreachable task by anything.
    private static final List<TaskState> FORWARD =
            List.of(TASK_STAGING, TASK_STARTING, TASK_RUNNING, TASK_KILLING);

    @Test
    void allowsExactlyTheMovesForwardTheEndsAndTheWayBackFromUnreachable() {
        for (var from : TaskState.values())
            for (var to : TaskState.values())
                assertThat(TaskLifeCycle.allows(from, to))
                        .as("%s to %s", from, to)
                        .isEqualTo(expected(from, to));
    }

    private static boolean expected(TaskState from, TaskState to) {
        if (from == to) return true;
        if (from.isTerminal() || from == TASK_UNKNOWN || to == TASK_UNKNOWN) return false;
        if (to.isTerminal() || to == TASK_UNREACHABLE || from == TASK_UNREACHABLE) return true;
        return FORWARD.indexOf(from) < FORWARD.indexOf(to);
    }
}
