package io.meseta.benchmarks.containers;

import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.TaskState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;

/// From an order to TASK_RUNNING, one task after the other: in a container of an image that is
/// there, and as a process of the machine; and what the container runtime takes alone for the same.
final class LaunchTimes {

    /// Long enough to be seen to run; nobody waits for it to be killed.
    private static final String[] PROGRAM = {"/bin/sleep", "0.3"};

    private static final int WARM_UP = 30;
    private static final double NANOS_PER_MILLI = 1e6;

    private final ContainerAgent agent;
    private int made;

    LaunchTimes(ContainerAgent agent) {
        this.agent = agent;
    }

    void measure(int rounds, Path root, Path directory) throws IOException, InterruptedException {
        each(WARM_UP, id -> ContainerAgent.boxed(id, PROGRAM));
        each(WARM_UP, id -> ContainerAgent.plain(id, PROGRAM));
        var boxed = each(rounds, id -> ContainerAgent.boxed(id, PROGRAM));
        var plain = each(rounds, id -> ContainerAgent.plain(id, PROGRAM));
        var alone = alone(rounds, root, directory);
        show("container, cached image: order to RUNNING", boxed);
        show("the runtime alone: create and start", alone);
        System.out.printf(
                "beyond the runtime's own: %.1f ms (goal: 30)%n", median(boxed) - median(alone));
        show("process: order to RUNNING (goal: 15)", plain);
    }

    private double[] each(int count, Function<String, TaskInfo> task) throws InterruptedException {
        var millis = new double[count];
        for (int i = 0; i < count; i++) {
            long begun = agent.master().launch(task.apply("launch-" + made++));
            millis[i] = (agent.await(TaskState.TASK_RUNNING, 1) - begun) / NANOS_PER_MILLI;
            agent.await(TaskState.TASK_FINISHED, 1);
        }
        return millis;
    }

    private double[] alone(int count, Path root, Path directory)
            throws IOException, InterruptedException {
        agent.master().launch(ContainerAgent.boxed("model", "/bin/sleep", "1000"));
        agent.await(TaskState.TASK_RUNNING, 1);
        var millis = new double[count];
        try (var bundles = Files.list(agent.bundles())) {
            var runtime = RuntimeAlone.like(bundles.findFirst().orElseThrow(), root, directory);
            for (int i = 0; i < count; i++) millis[i] = runtime.createAndStart() / NANOS_PER_MILLI;
        }
        agent.master().endAll();
        agent.await(TaskState.TASK_KILLED, 1);
        return millis;
    }

    private static void show(String what, double[] millis) {
        var sorted = sorted(millis);
        System.out.printf(
                "%s: median %.1f ms, 90th of 100 %.1f ms (%d)%n",
                what, median(millis), sorted[sorted.length * 9 / 10], sorted.length);
    }

    private static double median(double[] millis) {
        return sorted(millis)[millis.length / 2];
    }

    private static double[] sorted(double[] millis) {
        var sorted = millis.clone();
        Arrays.sort(sorted);
        return sorted;
    }
}
