package io.meseta.endtoend.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.endtoend.framework.TaskWish;
import io.meseta.endtoend.framework.TestFramework;
import io.meseta.mesos.v1.TaskState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// Tasks that run until a gate is opened, and what their framework must have heard of them.
public final class GatedTasks {

    private static final List<TaskState> WHOLE_LIFE =
            List.of(TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_FINISHED);

    private static final Duration RECOVERY_MAX = Duration.ofSeconds(90);

    private final TestFramework framework;
    private final Path gates;

    /// @param gates an empty directory
    public GatedTasks(TestFramework framework, Path gates) {
        this.framework = framework;
        this.gates = gates;
    }

    public List<String> launchGated(String name, int count) {
        return launch(name, count, "while [ ! -e '%s' ]; do sleep 0.1; done".formatted(gate(name)));
    }

    public List<String> launchShort(String name, int count) {
        return launch(name, count, "sleep 0.3");
    }

    public void awaitRunning(String name, int count) {
        for (var task : names(name, count))
            framework.await(task, TaskState.TASK_RUNNING, RECOVERY_MAX);
    }

    public void open(String name) {
        try {
            Files.createFile(gate(name));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot open the gate " + name, failure);
        }
    }

    /// How many processes still wait at the gate.
    public long processesOf(String name) {
        var gate = gate(name).toString();
        return ProcessHandle.allProcesses()
                .filter(each -> commandLine(each).contains(gate))
                .count();
    }

    public void awaitWholeLives(String name, int count) {
        awaitWholeLives(names(name, count));
    }

    /// Every task has told its life once, from its start to its end.
    public void awaitWholeLives(List<String> tasks) {
        framework.awaitEnds(tasks, RECOVERY_MAX);
        for (var task : tasks)
            assertThat(framework.log().states(task))
                    .as("%s: %s", task, framework.log().all(task))
                    .isEqualTo(WHOLE_LIFE);
    }

    private List<String> launch(String name, int count, String script) {
        var names = names(name, count);
        names.forEach(task -> framework.launch(TaskWish.shell(task, script)));
        return names;
    }

    private Path gate(String name) {
        return gates.resolve(name);
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
        } catch (IOException gone) {
            return "";
        }
    }

    private static List<String> names(String name, int count) {
        return IntStream.range(0, count).mapToObj(number -> name + "-" + number).toList();
    }
}
