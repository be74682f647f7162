package io.meseta.agent.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.ContainerInfo;
import io.meseta.mesos.v1.Image;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.Secret;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.Value;
import io.meseta.mesos.v1.Volume;
import io.meseta.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
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
    private FakeMaster master;
    private RunningAgent agent;

    @BeforeEach
    void start() throws IOException {
        BoxImage.write(directory, "box", "{}");
        BoxImage.write(directory, "adas", "{\"User\": \"ada\"}");
        Files.createDirectories(directory.resolve("shown"));
        Files.writeString(directory.resolve("shown/note"), "a note\n");
        master = new FakeMaster();
        agent = agent("auto");
        ContainerBench.assumeAble(agent);
        master.awaitHello(1);
    }

    private RunningAgent agent(String backend) {
        return ContainerBench.start(
                directory,
                master,
                "--meseta.agent.containers.images.archives=" + directory,
                "--meseta.agent.containers.images.store.backend=" + backend,
                "--meseta.agent.containers.users.own=true",
                "--meseta.agent.containers.users.first=" + FIRST,
                "--meseta.agent.containers.users.size=" + SIZE,
                "--meseta.agent.containers.users.ranges=2",
                "--meseta.agent.containers.bounds.host-paths=" + directory.resolve("shown"));
    }

    @AfterEach
    void stop() throws IOException {
        ContainerBench.end(directory, master, agent);
        var claims = directory.resolve("work/meta/container-users");
        if (Files.exists(claims)) assertThat(claims).isEmptyDirectory();
        master.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "copy"})
    void haveARootThatIsNobodyOutside(String backend) throws Exception {
        if (!backend.equals("auto")) {
            agent.close();
            agent = agent(backend);
            master.awaitHello(2);
        }
        var script =
                """
                id -u; stat -c '%u %g' / /etc/box /bin/busybox /mnt/mesos/sandbox
                touch /made /etc/box /mnt/mesos/sandbox/made /dev/shm/note && echo written
                cat /proc/self/uid_map; sleep 600
                """;
        master.launch(inBox("root", "box", script));
        master.await("root", TaskState.TASK_RUNNING);
        Await.within(FakeMaster.LIMIT).until("it to be written", () -> says("root", "written"));

        assertThat(output("root"))
                .startsWith("0\n0 0\n0 0\n0 0\n0 0\nwritten\n")
                .containsPattern("0 +1100000000 +10000");
        assertThat(owner(sandbox("root").resolve("made"))).isEqualTo(FIRST);
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
        var task = inBox("ada", "adas", script);
        task.getContainerBuilder()
                .addVolumes(
                        Volume.newBuilder()
                                .setContainerPath("secret")
                                .setMode(Volume.Mode.RO)
                                .setSource(secret("for ada\n")));
        master.launch(task);

        master.await("ada", TaskState.TASK_FINISHED);
        assertThat(output("ada")).isEqualTo("1815\nfor ada\n");
        assertThat(owner(sandbox("ada").resolve("made"))).isEqualTo(FIRST + 1815);
    }

    private static Volume.Source secret(String text) {
        return Volume.Source.newBuilder()
                .setType(Volume.Source.Type.SECRET)
                .setSecret(
                        Secret.newBuilder()
                                .setType(Secret.Type.VALUE)
                                .setValue(
                                        Secret.Value.newBuilder()
                                                .setData(ByteString.copyFromUtf8(text))))
                .build();
    }

    @Test
    void areOthersInEachContainerAlsoAfterARestartAndRunOut() throws Exception {
        master.launch(inBox("first", "box", "cat /proc/self/uid_map; sleep 600"));
        master.await("first", TaskState.TASK_RUNNING);
        agent.close();
        agent = agent("auto");
        master.awaitHello(2);
        assertThat(master.hellos().get(1).getTasks(0).getState()).isEqualTo(TaskState.TASK_RUNNING);

        master.launch(inBox("second", "box", "cat /proc/self/uid_map; sleep 600"));
        master.await("second", TaskState.TASK_RUNNING);
        master.launch(inBox("third", "box", "true"));

        assertThat(master.await("third", TaskState.TASK_FAILED).getMessage())
                .endsWith(
                        "all 2 ranges of users are in use (meseta.agent.containers.users.ranges)");
        Await.within(FakeMaster.LIMIT).until("both to say", () -> says("second", "0"));
        assertThat(output("first")).contains(" 1100000000 ");
        assertThat(output("second")).contains(" 1100010000 ");
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
        master.launch(inBox("fourth", "box", "cat /proc/self/uid_map"));
        master.await("fourth", TaskState.TASK_FINISHED);
        assertThat(output("fourth")).contains(" 1100000000 ");
    }

    @Test
    void areStrangersToFilesOfTheMachine() throws Exception {
        var note = directory.resolve("shown/note");
        var closed = Files.writeString(directory.resolve("shown/closed"), "of the machine\n");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rw-------"));
        var task = inBox("reader", "box", "cat /note/note; cat /note/closed; stat -c %u /note");
        task.getContainerBuilder().addVolumes(shown(Volume.Mode.RO));
        master.launch(task);
        var writer = inBox("writer", "box", "true");
        writer.getContainerBuilder().addVolumes(shown(Volume.Mode.RW));
        master.launch(writer);

        master.await("reader", TaskState.TASK_FINISHED);
        assertThat(output("reader")).isEqualTo("a note\n65534\n");
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

    private boolean says(String task, String word) {
        try {
            return output(task).contains(word);
        } catch (IOException _) {
            return false;
        }
    }

    private TaskInfo.Builder inBox(String name, String image, String script) {
        var container =
                ContainerInfo.newBuilder()
                        .setType(ContainerInfo.Type.MESOS)
                        .setMesos(
                                ContainerInfo.MesosInfo.newBuilder()
                                        .setImage(
                                                Image.newBuilder()
                                                        .setType(Image.Type.DOCKER)
                                                        .setDocker(
                                                                Image.Docker.newBuilder()
                                                                        .setName(image))));
        return master.task(name)
                .setCommand(CommandInfo.newBuilder().setValue(script))
                .setContainer(container)
                .addAllResources(List.of(scalar("cpus", 0.5), scalar("mem", 64)));
    }

    private static Resource scalar(String name, double value) {
        return Resource.newBuilder()
                .setName(name)
                .setType(Value.Type.SCALAR)
                .setScalar(Value.Scalar.newBuilder().setValue(value))
                .build();
    }

    private Path sandbox(String task) throws IOException {
        try (var all = Files.walk(directory.resolve("work/slaves"), 8)) {
            return all.filter(path -> path.endsWith("executors/" + task + "/runs/latest"))
                    .findFirst()
                    .orElseThrow()
                    .toRealPath();
        }
    }

    private String output(String task) throws IOException {
        return Files.readString(sandbox(task).resolve("stdout"));
    }
}
