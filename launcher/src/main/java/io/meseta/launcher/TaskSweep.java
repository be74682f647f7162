package io.meseta.launcher;

import io.meseta.client.ClientFault;
import io.meseta.client.Master;
import io.meseta.mesos.v1.Task;
import io.meseta.mesos.v1.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Kills every task through the API before the services stop, so that frameworks hear of it and the
/// journal says TASK_KILLED.
final class TaskSweep {

    private static final Duration CALL_LIMIT = Duration.ofSeconds(5);
    private static final long LOOK_MS = 100;

    /// Kills may get lost; a framework may launch its task again.
    private static final long LOOKS_PER_KILL = 20;

    /// States in which a task has, or may still get, a process.
    private static final Set<TaskState> LIVE =
            Set.of(
                    TaskState.TASK_STAGING,
                    TaskState.TASK_STARTING,
                    TaskState.TASK_RUNNING,
                    TaskState.TASK_KILLING);

    private final Progress progress;

    TaskSweep(Progress progress) {
        this.progress = progress;
    }

    /// Kills all, and waits for their ends. Frameworks that still have tasks at half of the time,
    /// for they launch new ones, are torn down.
    void run(RunRecord record, Layout layout, Duration limit) throws InterruptedException {
        try (var client = new Master(record.endpoints(), CALL_LIMIT, record.identity(layout))) {
            sweep(client, limit);
        } catch (ClientFault fault) {
            progress.say("the tasks could not be killed through the master: " + fault.getMessage());
        }
    }

    private void sweep(Master client, Duration limit) throws InterruptedException {
        var live = live(client);
        if (live.isEmpty()) {
            return;
        }
        progress.say("killing " + live.size() + (live.size() == 1 ? " task" : " tasks"));
        long looks = limit.toMillis() / LOOK_MS;
        boolean isTornDown = false;
        for (long look = 0; look < looks && !live.isEmpty(); look++) {
            if (look > looks / 2 && !isTornDown) {
                live.stream().map(Task::getFrameworkId).distinct().forEach(client::teardown);
                isTornDown = true;
            } else if (look % LOOKS_PER_KILL == 0) {
                live.forEach(task -> client.kill(task.getFrameworkId(), task.getTaskId()));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            live = live(client);
        }
        if (!live.isEmpty()) {
            progress.say(live.size() + " tasks did not end within " + limit.toSeconds() + " s");
        }
    }

    private static List<Task> live(Master client) {
        return client.tasks().getTasksList().stream()
                .filter(task -> LIVE.contains(task.getState()))
                .toList();
    }
}
