package io.meseta.endtoend.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.endtoend.framework.TaskWish;
import io.meseta.endtoend.framework.TestFramework;
import io.meseta.mesos.v1.TaskState;
import io.meseta.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/// A framework that launches one short task after the other, for as long as it is let.
public final class TaskLoad implements AutoCloseable {

    private static final List<TaskState> WHOLE_LIFE =
            List.of(TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_FINISHED);

    private static final int OPEN_MAX = 3;
    private static final Duration LOOK = Duration.ofMillis(50);

    private final TestFramework framework;
    private final List<String> launched = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean isStopping;

    private TaskLoad(TestFramework framework) {
        this.framework = framework;
        this.thread = Thread.ofPlatform().daemon().name("tasks").unstarted(this::run);
    }

    /// Begins to launch.
    public static TaskLoad of(TestFramework framework) {
        var load = new TaskLoad(framework);
        load.thread.start();
        return load;
    }

    private void run() {
        var open = new ArrayList<String>();
        while (!isStopping) {
            open.removeIf(framework.log()::hasEnded);
            while (open.size() < OPEN_MAX) {
                var task = "short-" + (launched.size() + 1);
                open.add(task);
                launched.add(task);
                framework.launch(TaskWish.shell(task, "sleep 0.2"));
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /// Waits until so many tasks have been launched after now, and have ended.
    public void awaitTurnover(int count, Duration limit) {
        int from = launched.size();
        Await.within(limit)
                .until(
                        count + " more tasks are launched",
                        () -> launched.size() >= from + count || !thread.isAlive());
        framework.awaitEnds(List.copyOf(launched).subList(from, from + count), limit);
    }

    /// Launches no more, waits for what runs, and fails unless every task has told its life once,
    /// from its start to its end.
    public void finish(Duration limit) {
        close();
        framework.awaitEnds(List.copyOf(launched), limit);
        // A reconciliation may have told of the end before the agent's own word came.
        Await.within(limit)
                .passes(
                        "every task has told its whole life",
                        () -> {
                            for (var task : launched) {
                                assertThat(framework.log().states(task))
                                        .as("%s: %s", task, framework.log().all(task))
                                        .isEqualTo(WHOLE_LIFE);
                            }
                        });
        framework.awaitAcknowledged();
    }

    @Override
    public void close() {
        isStopping = true;
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
