package io.meseta.agent.service;

import static io.meseta.agent.service.ContainerBench.secret;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.Volume;
import io.meseta.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Containers whose users are nobody on the machine. Skipped where no container runtime works.
@Timeout(180)
class OwnUsersIT {

    private static final int FIRST = 1_100_000_000;
    private static final int SIZE = 10_000;

    @TempDir private Path directory;
    private ContainerBench bench;
    private FakeMaster master;
    private RunningAgent agent;

    @BeforeEach
    void start() throws IOException {
        BoxImage.write(directory, "box", "{}");
        BoxImage.write(directory, "adas", "{\"User\": \"ada\"}");
        Files.createDirectories(directory.resolve("shown"));
        Files.writeString(directory.resolve("shown/note"), "a note\n");
        bench = new ContainerBench(directory);
        master = bench.master();
        agent = agent("auto");
    }

    private RunningAgent agent(String backend) {
        return bench.start(
                "--meseta.agent.containers.images.store.backend=" + backend,
                "--meseta.agent.containers.users.own=true",
                "--meseta.agent.containers.users.first=" + FIRST,
                "--meseta.agent.containers.users.size=" + SIZE,
                "--meseta.agent.containers.users.ranges=2",
                "--meseta.agent.containers.bounds.host-paths=" + directory.resolve("shown"));
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "copy"})
    void haveARootThatIsNobodyOutside(String backend) throws Exception {
        if (!backend.equals("auto")) agent = agent(backend);
        var script =
                """
                id -u; stat -c '%u %g' / /etc/box /bin/busybox /mnt/mesos/sandbox
                touch /made /etc/box /mnt/mesos/sandbox/made /dev/shm/note && echo written
                cat /proc/self/uid_map; sleep 600
                """;
        master.launch(bench.boxed("root", "box", script));
        master.await("root", TaskState.TASK_RUNNING);
        bench.awaitWord("root", "written");

        assertThat(bench.output("root"))
                .startsWith("0\n0 0\n0 0\n0 0\n0 0\nwritten\n")
                .containsPattern("0 +1100000000 +10000");
        assertThat(owner(bench.sandbox("root").resolve("made"))).isEqualTo(FIRST);
        assertThat(owners(directory.resolve("work/containers"), "made")).containsExactly(FIRST);
        // What all containers of the image share is as it was.
        assertThat(owners(directory.resolve("work/images"), "box")).containsExactly(0);
    }

    private static Set<Object> owners(Path top, String name) throws IOException {
        try (var all = Files.walk(top)) {
            return all.filter(path -> path.endsWith(name))
                    .map(OwnUsersIT::owner)
                    .collect(Collectors.toSet());
        }
    }

    private static Object owner(Path path) {
        try {
            return Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void countOtherUsersFromThereToo() throws Exception {
        var script = "id -u; touch $MESOS_SANDBOX/made; cat $MESOS_SANDBOX/secret";
        var task = bench.boxed("ada", "adas", script);
        task.getContainerBuilder()
                .addVolumes(secret("secret", ByteString.copyFromUtf8("for ada\n")));
        master.launch(task);

        master.await("ada", TaskState.TASK_FINISHED);
        assertThat(bench.output("ada")).isEqualTo("1815\nfor ada\n");
        assertThat(owner(bench.sandbox("ada").resolve("made"))).isEqualTo(FIRST + 1815);
    }

    @Test
    void areOthersInEachContainerAlsoAfterARestartAndRunOut() throws Exception {
        master.launch(bench.boxed("first", "box", "cat /proc/self/uid_map; sleep 600"));
        master.await("first", TaskState.TASK_RUNNING);
        agent = agent("auto");
        assertThat(master.hellos().get(1).getTasks(0).getState()).isEqualTo(TaskState.TASK_RUNNING);

        master.launch(bench.boxed("second", "box", "cat /proc/self/uid_map; sleep 600"));
        master.await("second", TaskState.TASK_RUNNING);
        master.launch(bench.boxed("third", "box", "true"));

        assertThat(master.await("third", TaskState.TASK_FAILED).getMessage())
                .endsWith(
                        "all 2 ranges of users are in use (meseta.agent.containers.users.ranges)");
        bench.awaitWord("second", "0");
        assertThat(bench.output("first")).contains(" 1100000000 ");
        assertThat(bench.output("second")).contains(" 1100010000 ");
        master.kill("first", Duration.ZERO);
        master.await("first", TaskState.TASK_KILLED);
        Await.within(FakeMaster.LIMIT)
                .until(
                        "its users to be given back",
                        () ->
                                directory
                                                .resolve("work/meta/container-users")
                                                .toFile()
                                                .list()
                                                .length
                                        == 1);
        master.launch(bench.boxed("fourth", "box", "cat /proc/self/uid_map"));
        master.await("fourth", TaskState.TASK_FINISHED);
        assertThat(bench.output("fourth")).contains(" 1100000000 ");
    }

    @Test
    void areStrangersToFilesOfTheMachine() throws Exception {
        var note = directory.resolve("shown/note");
        var closed = Files.writeString(directory.resolve("shown/closed"), "of the machine\n");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rw-------"));
        var task =
                bench.boxed("reader", "box", "cat /note/note; cat /note/closed; stat -c %u /note");
        task.getContainerBuilder().addVolumes(shown(Volume.Mode.RO));
        master.launch(task);
        var writer = bench.boxed("writer", "box", "true");
        writer.getContainerBuilder().addVolumes(shown(Volume.Mode.RW));
        master.launch(writer);

        master.await("reader", TaskState.TASK_FINISHED);
        assertThat(bench.output("reader")).isEqualTo("a note\n65534\n");
        assertThat(master.await("writer", TaskState.TASK_FAILED).getMessage())
                .contains("it can be shown read-only alone");
        assertThat(owner(note)).isEqualTo(0);
    }

    private Volume shown(Volume.Mode mode) {
        return Volume.newBuilder()
                .setContainerPath("/note")
                .setMode(mode)
                .setHostPath(directory.resolve("shown").toString())
                .build();
    }

    @Test
    void areSaidToBePossibleByTheDoctor() throws Exception {
        assertThat(agent.get("/api/meseta/v1/doctor").body())
                .contains("containers have users of their own");
    }
}
