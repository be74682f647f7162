package io.meseta.agent.service;

import static io.meseta.agent.service.ContainerBench.ofSandbox;
import static io.meseta.agent.service.ContainerBench.secret;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.Volume.Source.SandboxPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// An agent is killed, at whatever step of a task's way up or down. The next one in its directory
/// brings the task to its one right end: each status is told once, the command runs once, and
/// nothing is left.
@Timeout(180)
final class AgentCrashesIT {

    private static final String TASK = "steady";

    /// Runs until it is let go, or asked to end.
    private static final String SCRIPT =
            """
            cd "$MESOS_SANDBOX"; echo run >>ran; trap 'exit 9' TERM
            until [ -e go ]; do sleep 0.05; done; cat note; exit 7
            """;

    @TempDir private Path directory;
    private ContainerBench bench;
    private FakeMaster master;
    private RunningAgent agent;

    @BeforeEach
    void prepare() throws IOException {
        BoxImage.write(directory, "box", "{}");
        Files.writeString(directory.resolve("note"), "fetched\n");
        bench = new ContainerBench(directory);
        master = bench.master();
    }

    @AfterEach
    void leavesNothing() {
        bench.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATED", "EXIT_NOTED"})
    void losesNoContainer(Fatal place) throws Exception {
        dies(place, Duration.ZERO, boxed());
    }

    @ParameterizedTest
    @EnumSource(names = {"SUPERVISOR_BEGUN", "END_RECORDED"})
    void losesNoProcess(Fatal place) throws Exception {
        dies(place, Duration.ZERO, plain());
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("io.meseta.agent.service.Fatal#ofContainers")
    void losesNoContainerAnywhere(Fatal place) throws Exception {
        dies(place, Duration.ZERO, boxed());
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("io.meseta.agent.service.Fatal#ofProcesses")
    void losesNoProcessAnywhere(Fatal place) throws Exception {
        dies(place, Duration.ZERO, plain());
    }

    /// Also in the middle of an act, the runtime's and the kernel's among them.
    @Tag("long")
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void losesNothingAtAnyMoment(long seed) throws Exception {
        var random = new Random(seed);
        boolean isBoxed = random.nextInt(3) > 0;
        var places = (isBoxed ? Fatal.ofContainers() : Fatal.ofProcesses()).toList();
        var place = places.get(random.nextInt(places.size()));
        var later = Duration.ofNanos(1 + random.nextInt(40_000_000));
        dies(place, later, isBoxed ? boxed() : plain());
    }

    private TaskInfo.Builder boxed() {
        var task = bench.boxed(TASK, "box", command());
        task.getContainerBuilder()
                .addVolumes(ofSandbox("/mine", SandboxPath.Type.SELF, "mine"))
                .addVolumes(secret("/secret", ByteString.copyFromUtf8("a secret\n")));
        return task;
    }

    private TaskInfo.Builder plain() {
        return bench.task(TASK, command());
    }

    private CommandInfo.Builder command() {
        return CommandInfo.newBuilder()
                .setValue(SCRIPT)
                .addUris(
                        CommandInfo.URI
                                .newBuilder()
                                .setValue(directory.resolve("note").toString()));
    }

    private void dies(Fatal place, Duration later, TaskInfo.Builder task) throws Exception {
        try (var doomed = DoomedAgent.start(place, later, directory.resolve("log"), arguments())) {
            bench.awaitOther();
            master.launch(task);
            if (place.time() != Fatal.Time.UP) {
                master.await(TASK, TaskState.TASK_RUNNING);
                end(place);
            }
            doomed.awaitEnd();
        } finally {
            master.hangUp();
            agent = bench.start(settings());
        }
        if (place.time() == Fatal.Time.UP) {
            master.await(TASK, TaskState.TASK_RUNNING);
            end(place);
        }
        assertEnd(place, later);
        agent.awaitNoTasks();
    }

    private void end(Fatal place) throws IOException {
        if (place.time() == Fatal.Time.KILL) master.kill(TASK, Duration.ofSeconds(30));
        else Files.createFile(bench.sandbox(TASK).resolve("go"));
    }

    private void assertEnd(Fatal place, Duration later) throws IOException {
        boolean isKill = place.time() == Fatal.Time.KILL;
        var last = isKill ? TaskState.TASK_KILLED : TaskState.TASK_FAILED;
        var end = master.await(TASK, last);
        assertThat(end.getMessage()).contains(isKill ? "status 9" : "status 7");
        var states = new ArrayList<>(List.of(TaskState.TASK_STARTING, TaskState.TASK_RUNNING));
        if (isKill) states.add(TaskState.TASK_KILLING);
        states.add(last);
        assertThat(master.states(TASK)).isEqualTo(states);
        var sandbox = bench.sandbox(TASK);
        assertThat(Files.readAllLines(sandbox.resolve("ran")))
                .hasSizeBetween(1, runs(place, later));
        if (!isKill) assertThat(sandbox.resolve("stdout")).hasContent("fetched\n");
    }

    /// What runs and is not marked yet is ended and begun anew.
    private static int runs(Fatal place, Duration later) {
        boolean isBetween = place == Fatal.RUNTIME_STARTS || place == Fatal.STARTED;
        return isBetween || later.isPositive() ? 2 : 1;
    }

    private String[] settings() {
        return new String[] {
            "--meseta.agent.containers.users.own=true", "--meseta.agent.containers.users.ranges=2"
        };
    }

    private List<String> arguments() {
        return RunningAgent.arguments(bench.work(), master, bench.settings(settings()));
    }
}
