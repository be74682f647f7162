package io.meseta.agent.service;

import static io.meseta.agent.service.ContainerBench.secret;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.meseta.mesos.secrets.OpeningKey;
import io.meseta.mesos.secrets.SealingKey;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.TaskState;
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
    private ContainerBench bench;
    private FakeMaster master;
    private RunningAgent agent;

    @BeforeEach
    void start() throws IOException {
        BoxImage.write(directory, "box", "{}");
        bench = new ContainerBench(directory);
        master = bench.master();
        agent = agent();
    }

    private RunningAgent agent() {
        return bench.start("--logging.level.io.meseta=TRACE");
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void isReadableInItsContainerAndNowhereElse(CapturedOutput output) throws Exception {
        var sealed = key().seal(WORD.getBytes(UTF_8));
        master.launch(task("keeper", sealed, "wc -c </secret; stat -c %a /secret; sleep 600"));
        master.await("keeper", TaskState.TASK_RUNNING);
        bench.awaitWord("keeper", "600");

        assertThat(bench.output("keeper")).isEqualTo(WORD.length() + "\n600\n");
        assertNothingTellsIt();
        agent = agent();
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

    private TaskInfo.Builder task(String name, byte[] value, String script) {
        var task = bench.boxed(name, "box", script);
        task.getContainerBuilder().addVolumes(secret("/secret", ByteString.copyFrom(value)));
        return task;
    }
}
