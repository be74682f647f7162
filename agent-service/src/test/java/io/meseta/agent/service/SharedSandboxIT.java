package io.meseta.agent.service;

import static io.meseta.agent.service.ContainerBench.mesos;
import static io.meseta.agent.service.ContainerBench.ofSandbox;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.ContainerInfo;
import io.meseta.mesos.v1.ExecutorID;
import io.meseta.mesos.v1.ExecutorInfo;
import io.meseta.mesos.v1.FrameworkID;
import io.meseta.mesos.v1.FrameworkInfo;
import io.meseta.mesos.v1.TaskGroupInfo;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.Volume;
import io.meseta.mesos.v1.Volume.Source.SandboxPath;
import io.meseta.runtime.host.Commands;
import io.meseta.testkit.Await;
import io.meseta.wire.agent.LaunchGroup;
import io.meseta.wire.agent.Order;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Tasks of a group share directories of their sandboxes, and nothing of the machine however one of
/// them tries.
@Timeout(180)
class SharedSandboxIT {

    private static final FrameworkID FRAMEWORK =
            FrameworkID.newBuilder().setValue(FakeMaster.FRAMEWORK).build();

    @TempDir private Path directory;
    private ContainerBench bench;
    private FakeMaster master;

    @BeforeEach
    void start() throws IOException {
        BoxImage.write(directory, "box", "{}");
        Files.createDirectories(directory.resolve("outside/spot"));
        Files.writeString(directory.resolve("outside/spot/secret"), "of the machine\n");
        bench = new ContainerBench(directory);
        master = bench.master();
        bench.start("--meseta.agent.containers.users.own=" + hasOwnUsers());
    }

    /// Whether containers have users of their own.
    boolean hasOwnUsers() {
        return false;
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void showsTasksOfAGroupTheSameDirectoryOfTheirParent() {
        launchGroup(
                boxed("writer", "echo word >/shared/note; sleep 600", parent("common/spot")),
                boxed(
                        "reader",
                        "until [ -s /shared/note ]; do sleep 0.1; done; grep word /shared/note",
                        parent("common/spot")));

        master.await("reader", TaskState.TASK_FINISHED);
    }

    /// Each of the readers would say what it has seen of the outside.
    @Test
    void showsNothingOfTheMachineWhileASiblingPutsLinksInTheWay() throws Exception {
        var outside = directory.resolve("outside");
        var swapping =
                """
                until cd ../../common 2>/dev/null; do sleep 0.05; done
                while :; do
                  mv spot kept-$$ 2>/dev/null; ln -s %s/spot spot; rm -f spot; mkdir spot
                  rm -rf kept-$$
                done 2>/dev/null
                """
                        .formatted(outside);
        launchGroup(boxed("first", "sleep 600", parent("common/spot")));
        master.await("first", TaskState.TASK_RUNNING);
        launchGroup(process("swapper", swapping));
        master.await("swapper", TaskState.TASK_RUNNING);

        for (int round = 0; round < 6; round++) {
            var reader = "reader-" + round;
            launchGroup(boxed(reader, "test ! -e /shared/secret", parent("common/spot")));
            Await.within(FakeMaster.LIMIT).until(reader + " to end", () -> hasEnded(reader));
            // It has come upon the link, or what it held was gone, or it has seen no secret; a
            // secret seen is a status of 1.
            var states = master.states(reader);
            if (!states.contains(TaskState.TASK_FINISHED))
                assertThat(master.await(reader, TaskState.TASK_FAILED).getMessage())
                        .startsWith("Failed to launch container: ");
        }
        assertThat(outside.resolve("spot/secret")).hasContent("of the machine");
        assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain("/pins/");
    }

    private boolean hasEnded(String task) {
        var states = master.states(task);
        return states.contains(TaskState.TASK_FINISHED) || states.contains(TaskState.TASK_FAILED);
    }

    /// Without an image the root is the machine's, and so is whatever a link leads to.
    @Test
    void showsARelativePlaceInTheSandboxAndNowhereElse() throws Exception {
        var task = process("plain", "touch deep/here/made && echo made").toBuilder();
        task.getContainerBuilder()
                .setType(ContainerInfo.Type.MESOS)
                .addVolumes(parent("common").toBuilder().setContainerPath("deep/here"));
        launchGroup(task.build());
        master.await("plain", TaskState.TASK_FINISHED);

        try (var all = Files.walk(directory.resolve("work/slaves"), 12)) {
            assertThat(all.filter(path -> path.endsWith("made")))
                    .singleElement()
                    .asString()
                    .endsWith("/common/made");
        }
    }

    @Test
    void makesNothingWhereALinkInTheSandboxLeads() throws Exception {
        var outside = Files.createDirectories(directory.resolve("outside/spot"));
        var archive = directory.resolve("links.tar");
        var made = Files.createDirectories(directory.resolve("made"));
        Files.createSymbolicLink(made.resolve("link"), outside);
        Commands.run(
                Duration.ofSeconds(20),
                List.of("tar", "-C", made.toString(), "-cf", archive.toString(), "link"));
        var task = process("linked", "true").toBuilder();
        task.getCommandBuilder().addUris(CommandInfo.URI.newBuilder().setValue(archive.toString()));
        task.getContainerBuilder()
                .setType(ContainerInfo.Type.MESOS)
                .addVolumes(parent("common").toBuilder().setContainerPath("link/new"));
        launchGroup(task.build());

        master.await("linked", TaskState.TASK_FAILED);
        assertThat(outside.resolve("new")).doesNotExist();
    }

    private static Volume parent(String path) {
        return ofSandbox("/shared", SandboxPath.Type.PARENT, path);
    }

    private TaskInfo boxed(String name, String script, Volume volume) {
        var container = mesos("box").addVolumes(volume);
        return process(name, script).toBuilder().setContainer(container).build();
    }

    private TaskInfo process(String name, String script) {
        return master.task(name).setCommand(CommandInfo.newBuilder().setValue(script)).build();
    }

    private void launchGroup(TaskInfo... tasks) {
        var executor =
                ExecutorInfo.newBuilder()
                        .setType(ExecutorInfo.Type.DEFAULT)
                        .setExecutorId(ExecutorID.newBuilder().setValue("pod"))
                        .setFrameworkId(FRAMEWORK);
        var framework =
                FrameworkInfo.newBuilder()
                        .setName("test")
                        .setUser(System.getProperty("user.name"))
                        .setId(FRAMEWORK);
        master.order(
                Order.newBuilder()
                        .setLaunchGroup(
                                LaunchGroup.newBuilder()
                                        .setFramework(framework)
                                        .setExecutor(executor)
                                        .setTaskGroup(
                                                TaskGroupInfo.newBuilder()
                                                        .addAllTasks(List.of(tasks)))));
    }
}
