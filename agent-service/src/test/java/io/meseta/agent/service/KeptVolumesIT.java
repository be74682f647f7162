package io.meseta.agent.service;

import static io.meseta.agent.service.ContainerBench.ofSandbox;
import static io.meseta.agent.service.VolumeOrders.disk;
import static io.meseta.agent.service.VolumeOrders.reserved;
import static io.meseta.agent.service.VolumeOrders.volume;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.Volume.Source.SandboxPath;
import io.meseta.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Persistent volumes of containers that have users of their own: each container is somebody else
/// on the machine, and all find what the one before has left. Skipped where no container runtime
/// works.
@Timeout(180)
final class KeptVolumesIT {

    private static final int FIRST = 1_200_000_000;
    private static final int SIZE = 10_000;
    private static final int ADA = 1815;

    @TempDir private Path directory;
    private ContainerBench bench;
    private FakeMaster master;
    private VolumeOrders orders;

    @BeforeEach
    void start() throws IOException {
        BoxImage.write(directory, "box", "{}");
        BoxImage.write(directory, "adas", "{\"User\": \"ada\"}");
        bench = new ContainerBench(directory);
        master = bench.master();
        bench.start(
                "--meseta.agent.containers.users.own=true",
                "--meseta.agent.containers.users.first=" + FIRST,
                "--meseta.agent.containers.users.size=" + SIZE,
                "--meseta.agent.containers.users.ranges=3");
        orders = new VolumeOrders(master);
        orders.operate(disk(16), reserved(16));
        orders.operate(reserved(8), volume("v1", 8, "/data"));
        assertThat(orders.isDone(2)).isTrue();
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private Path data() {
        return bench.work().resolve("volumes/roles/eng dev/v1");
    }

    private void run(TaskInfo.Builder task) {
        master.launch(task);
        master.await(task.getTaskId().getValue(), TaskState.TASK_FINISHED);
    }

    private TaskInfo.Builder onVolume(String name, String image, String script) {
        return bench.boxed(name, image, "cat /proc/self/uid_map && " + script)
                .addResources(volume("v1", 8, "/data"));
    }

    private static Object owner(Path path) throws IOException {
        return Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    @Test
    void areReadAndWrittenByOneRangeAfterTheOther() throws Exception {
        run(onVolume("writer", "box", "umask 077; echo precious >/data/kept"));
        run(onVolume("reader", "box", "cat /data/kept && echo more >>/data/kept"));

        assertThat(bench.output("writer")).contains(" " + FIRST + " ");
        assertThat(bench.output("reader"))
                .contains(" " + (FIRST + SIZE) + " ")
                .endsWith("precious\n");
        assertThat(data().resolve("kept")).hasContent("precious\nmore\n");
    }

    @Test
    void belongOnTheMachineToWhomTheyBelongInside() throws Exception {
        run(onVolume("roots", "box", "touch /data/of-root && stat -c %u /data/of-root"));
        run(onVolume("adas", "adas", "touch /data/of-ada && stat -c %u /data/of-ada /data"));
        run(onVolume("last", "box", "stat -c %u /data/of-root /data/of-ada"));

        assertThat(bench.output("roots")).endsWith("\n0\n");
        assertThat(bench.output("adas")).endsWith("\n%s\n%s\n".formatted(ADA, ADA));
        assertThat(bench.output("last")).endsWith("\n0\n%s\n".formatted(ADA));
        assertThat(owner(data().resolve("of-root"))).isEqualTo(0);
        assertThat(owner(data().resolve("of-ada"))).isEqualTo(ADA);
        assertThat(owner(data())).isEqualTo(ADA);
    }

    /// Links lead where they lead in whoever follows them: in a container to its own root, and in
    /// the agent nowhere.
    @Test
    void leadNowhereByLinksThatATaskHasLeft() throws Exception {
        var outside = Files.createDirectories(directory.resolve("outside"));
        Files.setPosixFilePermissions(outside, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.writeString(outside.resolve("note"), "of the machine\n");
        run(
                onVolume(
                        "hostile",
                        "box",
                        "cd /data && ln -s %s out && ln -s / top && ln -s ../../../../meta up"
                                .formatted(outside)));
        var script =
                """
                cat /data/top/etc/box; cat /data/out/note; echo x >/data/out/note; \
                touch /data/up/agent; touch /data/out/in/made; true\
                """;
        var nested = onVolume("nested", "box", script);
        nested.getContainerBuilder()
                .addVolumes(ofSandbox("/data/out/in", SandboxPath.Type.SELF, "mine"));
        master.launch(nested);
        awaitEnd("nested");
        run(onVolume("victim", "box", "cat /data/top/etc/box; cat /data/out/note; true"));

        assertThat(bench.output("victim")).endsWith("a box\n").doesNotContain("of the machine");
        assertThat(outside).isDirectoryContaining(path -> path.endsWith("note"));
        assertThat(outside).isDirectoryNotContaining(path -> path.endsWith("in"));

        orders.operate(volume("v1", 8, "/data"), reserved(8));
        int last = 6;
        assertThat(orders.isDone(last)).isTrue();

        assertThat(data()).doesNotExist();
        assertThat(outside.resolve("note")).hasContent("of the machine\n");
        assertThat(bench.work().resolve("meta")).isDirectory();
    }

    /// A runtime may refuse to mount anything over a link; it must not follow it outside.
    private void awaitEnd(String task) {
        Await.within(FakeMaster.LIMIT)
                .until(
                        "the end of " + task,
                        () ->
                                master.states(task).contains(TaskState.TASK_FINISHED)
                                        || master.states(task).contains(TaskState.TASK_FAILED));
    }
}
