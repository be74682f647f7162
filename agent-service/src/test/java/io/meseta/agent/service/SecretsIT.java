package io.meseta.agent.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.meseta.mesos.secrets.OpeningKey;
import io.meseta.mesos.secrets.SealingKey;
import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.ContainerInfo;
import io.meseta.mesos.v1.Image;
import io.meseta.mesos.v1.Secret;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.Volume;
import io.meseta.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/// A secret is readable in its task's container, and nowhere else.
@Timeout(180)
@ExtendWith(OutputCaptureExtension.class)
class SecretsIT {

    private static final String WORD = "a-word-among-friends";

    private static final List<String> CALLS =
            List.of(
                    "GET_STATE",
                    "GET_TASKS",
                    "GET_EXECUTORS",
                    "GET_FRAMEWORKS",
                    "GET_CONTAINERS",
                    "GET_AGENT",
                    "GET_FLAGS");

    @TempDir private Path directory;
    private FakeMaster master;
    private RunningAgent agent;

    @BeforeEach
    void start() throws IOException {
        BoxImage.write(directory, "box", "{}");
        master = new FakeMaster();
        agent = agent();
        master.awaitHello(1);
        ContainerBench.assumeAble(agent);
    }

    private RunningAgent agent() {
        return ContainerBench.start(
                directory,
                master,
                "--meseta.agent.containers.images.archives=" + directory,
                "--logging.level.io.meseta=TRACE");
    }

    @AfterEach
    void stop() throws IOException {
        ContainerBench.end(directory, master, agent);
        master.close();
    }

    @Test
    void isReadableInItsContainerAndNowhereElse(CapturedOutput output) throws Exception {
        var sealed = key().seal(WORD.getBytes(UTF_8));
        master.launch(task("keeper", sealed, "wc -c </secret; stat -c %a /secret; sleep 600"));
        master.await("keeper", TaskState.TASK_RUNNING);
        Await.within(FakeMaster.LIMIT)
                .until("its words", () -> read("keeper", "stdout").contains("600"));

        assertThat(read("keeper", "stdout")).isEqualTo(WORD.length() + "\n600\n");
        assertNothingTellsIt();
        agent.close();
        agent = agent();
        master.awaitHello(2);
        assertNothingTellsIt();
        assertThat(output.getAll()).doesNotContain(WORD);
    }

    private void assertNothingTellsIt() throws Exception {
        for (var call : CALLS)
            assertThat(agent.call("{\"type\": \"" + call + "\"}").body())
                    .as(call)
                    .isNotEmpty()
                    .doesNotContain(WORD)
                    .doesNotContain(base64(WORD));
        for (var path : List.of("/state", "/containers", "/flags", "/actuator/prometheus"))
            assertThat(agent.get(path).body()).as(path).doesNotContain(WORD);
        try (var files = Files.walk(directory.resolve("work"))) {
            for (var file : files.filter(Files::isRegularFile).toList())
                assertThat(new String(Files.readAllBytes(file), UTF_8))
                        .as(file.toString())
                        .doesNotContain(WORD);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    @Test
    void saysSoWhereItCanNotBeOpened() {
        var foreign = OpeningKey.passing().sealing().seal(WORD.getBytes(UTF_8));
        master.launch(task("stranger", foreign, "true"));

        assertThat(master.await("stranger", TaskState.TASK_FAILED).getMessage())
                .contains("a secret can't be opened")
                .doesNotContain(WORD);
    }

    private SealingKey key() {
        return SealingKey.of(master.hellos().getLast().getSealingKey().toByteArray());
    }

    private String read(String task, String file) {
        try (var all = Files.walk(directory.resolve("work/slaves"), 8)) {
            var run =
                    all.filter(path -> path.endsWith("executors/" + task + "/runs/latest"))
                            .findFirst();
            return run.isEmpty() ? "" : Files.readString(run.get().resolve(file));
        } catch (IOException _) {
            return "";
        }
    }

    private TaskInfo.Builder task(String name, byte[] secret, String script) {
        var image =
                Image.newBuilder()
                        .setType(Image.Type.DOCKER)
                        .setDocker(Image.Docker.newBuilder().setName("box"));
        var source =
                Volume.Source.newBuilder()
                        .setType(Volume.Source.Type.SECRET)
                        .setSecret(
                                Secret.newBuilder()
                                        .setType(Secret.Type.VALUE)
                                        .setValue(
                                                Secret.Value.newBuilder()
                                                        .setData(ByteString.copyFrom(secret))));
        var container =
                ContainerInfo.newBuilder()
                        .setType(ContainerInfo.Type.MESOS)
                        .setMesos(ContainerInfo.MesosInfo.newBuilder().setImage(image))
                        .addVolumes(
                                Volume.newBuilder()
                                        .setContainerPath("/secret")
                                        .setMode(Volume.Mode.RO)
                                        .setSource(source));
        return master.task(name)
                .setCommand(CommandInfo.newBuilder().setValue(script))
                .setContainer(container);
    }
}
