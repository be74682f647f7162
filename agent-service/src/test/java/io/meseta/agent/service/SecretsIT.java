package io.meseta.agent.service;

import static io.meseta.agent.service.ContainerBench.secret;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.meseta.mesos.secrets.OpeningKey;
import io.meseta.mesos.secrets.SealingKey;
import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.Environment;
import io.meseta.mesos.v1.Secret;
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
    void isTheValueOfAVariableInItsContainerAndNowhereElse(CapturedOutput output) throws Exception {
        var sealed = key().seal(WORD.getBytes(UTF_8));
        var script = "printf %s \"$TOKEN\" | wc -c; echo $MESETA_CONTAINER; sleep 600";
        master.launch(telling(bench.boxed("imaged", "box", script), sealed));
        master.launch(master.task("plain").setCommand(shell(script, sealed)));
        for (var name : List.of("imaged", "plain")) {
            var id =
                    master.await(name, TaskState.TASK_RUNNING)
                            .getContainerStatus()
                            .getContainerId()
                            .getValue();
            bench.awaitWord(name, id);
            assertThat(bench.output(name)).startsWith(WORD.length() + "\n");
        }

        assertNothingTellsIt();
        agent = agent();
        assertNothingTellsIt();
        assertThat(output.getAll()).doesNotContain(WORD);
    }

    private static TaskInfo.Builder telling(TaskInfo.Builder task, byte[] value) {
        return task.setCommand(shell(task.getCommand().getValue(), value));
    }

    /// With a variable that would take the place of the agent's own.
    private static CommandInfo.Builder shell(String script, byte[] value) {
        return CommandInfo.newBuilder()
                .setShell(true)
                .setValue(script)
                .setEnvironment(
                        Environment.newBuilder()
                                .addVariables(variable("TOKEN", value))
                                .addVariables(variable("MESETA_CONTAINER", value)));
    }

    private static Environment.Variable.Builder variable(String name, byte[] value) {
        return Environment.Variable.newBuilder()
                .setName(name)
                .setType(Environment.Variable.Type.SECRET)
                .setSecret(
                        Secret.newBuilder()
                                .setType(Secret.Type.VALUE)
                                .setValue(
                                        Secret.Value.newBuilder()
                                                .setData(ByteString.copyFrom(value))));
    }

    @Test
    void saysWhatIsNoValueOfAVariable() throws Exception {
        var binary =
                telling(bench.boxed("binary", "box", "true"), key().seal(new byte[] {'a', 0, 'b'}));
        var byReference = bench.boxed("reference", "box", "true");
        byReference.setCommand(shell("true", new byte[0]));
        byReference
                .getCommandBuilder()
                .getEnvironmentBuilder()
                .getVariablesBuilder(0)
                .getSecretBuilder()
                .setType(Secret.Type.REFERENCE)
                .clearValue();
        master.launch(binary);
        master.launch(byReference);

        assertThat(master.await("binary", TaskState.TASK_FAILED).getMessage())
                .contains("the variable 'TOKEN' holds a NUL");
        assertThat(master.await("reference", TaskState.TASK_FAILED).getMessage())
                .contains("secret by reference in the variable 'TOKEN'");
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
