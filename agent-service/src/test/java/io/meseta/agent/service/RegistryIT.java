package io.meseta.agent.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.meseta.images.DebianRegistry;
import io.meseta.images.ImageMaker;
import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.ContainerInfo;
import io.meseta.mesos.v1.Image;
import io.meseta.mesos.v1.Secret;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.TaskState;
import io.meseta.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Tasks whose images come from a real registry. Skipped where there is none, or no runtime.
@Timeout(180)
class RegistryIT {

    private static final int WAITERS = 4;

    @TempDir private Path directory;
    private DebianRegistry registry;
    private SlowDoor door;
    private ContainerBench bench;
    private FakeMaster master;

    private void start(DebianRegistry.Door kind) throws Exception {
        var place = Files.createDirectory(directory.resolve("registry"));
        registry = DebianRegistry.start(place, kind);
        door = new SlowDoor(registry.host());
        BoxImage.write(directory, "box", "{}");
        registry.push(new ImageMaker().layer(BoxImage.layer()), "team/box", "1");
        bench = new ContainerBench(directory);
        master = bench.master();
        bench.start(
                "--meseta.agent.containers.images.plain-http="
                        + registry.realm()
                                .map(realm -> door.host() + "," + realm)
                                .orElse(door.host()));
    }

    @AfterEach
    void stop() {
        if (bench != null) bench.close();
        if (door != null) door.close();
        if (registry != null) registry.close();
    }

    @ParameterizedTest
    @EnumSource(DebianRegistry.Door.class)
    void pullsAsTheRegistryWantsItAndRunsWhatItGot(DebianRegistry.Door kind) throws Exception {
        start(kind);
        door.open();
        master.launch(task("good", DebianRegistry.PASSWORD));
        master.await("good", TaskState.TASK_FINISHED);

        if (kind == DebianRegistry.Door.OPEN) return;
        master.launch(task("bad", "a wrong word"));
        var end = master.await("bad", TaskState.TASK_FAILED);
        assertThat(end.getMessage()).contains("Failed to pull the image").contains("401");
        assertThat(end.getMessage()).doesNotContain("a wrong word");
    }

    @Test
    void saysHowFarItIsAndPullsOnceForAllWhoWait() throws Exception {
        start(DebianRegistry.Door.BASIC);
        for (int i = 0; i < WAITERS; i++) master.launch(task("t" + i, DebianRegistry.PASSWORD));
        Await.within(FakeMaster.LIMIT)
                .until("word of the progress", () -> hasWord("t0") || hasWord("t1"));
        door.open();

        for (int i = 0; i < WAITERS; i++) master.await("t" + i, TaskState.TASK_FINISHED);
        assertThat(door.blobs()).isNotEmpty();
        door.blobs().forEach((blob, count) -> assertThat(count).as(blob).hasValue(1));
    }

    private boolean hasWord(String task) {
        return master.statuses(task).stream()
                .anyMatch(status ->
                        status.getState() == TaskState.TASK_STARTING
                                && !status.getMessage().isEmpty());
    }

    private TaskInfo.Builder task(String name, String password) {
        var pair = DebianRegistry.USER + ":" + password;
        var config =
                "{\"auths\": {\"%s\": {\"auth\": \"%s\"}}}"
                        .formatted(
                                door.host(),
                                Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
        var secret =
                Secret.newBuilder()
                        .setType(Secret.Type.VALUE)
                        .setValue(
                                Secret.Value.newBuilder().setData(ByteString.copyFromUtf8(config)));
        var image =
                Image.newBuilder()
                        .setType(Image.Type.DOCKER)
                        // Not what the last task has left in the store.
                        .setCached(false)
                        .setDocker(
                                Image.Docker.newBuilder()
                                        .setName(door.host() + "/team/box:1")
                                        .setConfig(secret));
        return master.task(name)
                .setCommand(CommandInfo.newBuilder().setValue("true"))
                .setContainer(
                        ContainerInfo.newBuilder()
                                .setType(ContainerInfo.Type.MESOS)
                                .setMesos(ContainerInfo.MesosInfo.newBuilder().setImage(image)));
    }
}
