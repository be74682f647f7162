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

    /// Ours and the runtime's alone by turns, so that both see the same machine.
    void measure(int rounds, Path root, Path directory) throws IOException, InterruptedException {
        each(WARM_UP, id -> ContainerAgent.boxed(id, PROGRAM));
        each(WARM_UP, id -> ContainerAgent.plain(id, PROGRAM));
        var runtime = runtime(root, directory);
        var boxed = new double[rounds];
        var alone = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            boxed[i] = each(1, id -> ContainerAgent.boxed(id, PROGRAM))[0];
            alone[i] = runtime.createAndStart() / NANOS_PER_MILLI;
        }
        agent.master().endAll();
        agent.await(TaskState.TASK_KILLED, 1);
        var plain = each(rounds, id -> ContainerAgent.plain(id, PROGRAM));
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

    /// Like a container of ours, which runs meanwhile, since its files are shown to the other too.
    private RuntimeAlone runtime(Path root, Path directory)
            throws IOException, InterruptedException {
        agent.master().launch(ContainerAgent.boxed("model", "/bin/sleep", "1000"));
        agent.await(TaskState.TASK_RUNNING, 1);
        try (var bundles = Files.list(agent.bundles())) {
            return RuntimeAlone.like(bundles.findFirst().orElseThrow(), root, directory);
        }
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
