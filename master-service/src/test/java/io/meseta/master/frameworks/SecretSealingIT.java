package io.meseta.master.frameworks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.meseta.master.engine.Snapshot;
import io.meseta.master.journal.codec.Build;
import io.meseta.master.journal.codec.SnapshotCodec;
import io.meseta.master.testing.Samples;
import io.meseta.master.testing.ScriptedAgent;
import io.meseta.master.testing.ScriptedFramework;
import io.meseta.master.testing.TestMaster;
import io.meseta.mesos.secrets.OpeningKey;
import io.meseta.mesos.v1.Offer;
import io.meseta.mesos.v1.Secret;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.testkit.http.RawHttp;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Secrets go through a master that can't read them again.
final class SecretSealingIT {

    private static final String WORD = "a-word-among-friends";

    private static final List<String> CALLS =
            List.of("GET_STATE", "GET_TASKS", "GET_EXECUTORS", "GET_FRAMEWORKS", "GET_AGENTS");

    private final OpeningKey key = OpeningKey.passing();
    private TestMaster master;
    private RawHttp http;
    private ScriptedFramework framework;

    @BeforeEach
    void start() {
        master = TestMaster.start();
        http = master.http();
        framework = ScriptedFramework.subscribe(http, Samples.MODERN);
    }

    @AfterEach
    void stop() {
        framework.close();
        master.close();
    }

    @Test
    void keepsThemInAFormThatOnlyTheirAgentCanOpen() throws Exception {
        var machine =
                ScriptedAgent.machine()
                        .setSealingKey(ByteString.copyFrom(key.sealing().encoded()))
                        .build();
        try (var agent = ScriptedAgent.hello(http, machine, ScriptedAgent.running())) {
            var offer = framework.offer();
            accept(offer, launch(task("keeper", offer, "\"command\":" + command())));
            var ordered =
                    agent.await("the order", message -> message.getOrder().hasLaunch())
                            .getOrder()
                            .getLaunch()
                            .getTask();
            awaitStatus("keeper", TaskState.TASK_RUNNING);

            assertThat(opened(volume(ordered))).isEqualTo(WORD);
            assertThat(opened(variable(ordered))).isEqualTo(WORD);
            assertNothingTellsIt();
        }
    }

    @Test
    void takesTheSameExecutorTwiceThoughItsSecretsAreSealedAnew() throws Exception {
        var machine =
                ScriptedAgent.machine()
                        .setSealingKey(ByteString.copyFrom(key.sealing().encoded()))
                        .build();
        try (var agent = ScriptedAgent.hello(http, machine, ScriptedAgent.running())) {
            var first = framework.offer();
            accept(
                    first,
                    launch(task("one", first, executor("a")), task("two", first, executor("a"))));
            awaitStatus("one", TaskState.TASK_RUNNING);
            awaitStatus("two", TaskState.TASK_RUNNING);
            var second = framework.offer();
            accept(second, launch(task("three", second, executor("a"))));
            awaitStatus("three", TaskState.TASK_RUNNING);
            accept(framework.offer(), launch(task("four", second, executor("b"))));

            var complaint = awaitStatus("four", TaskState.TASK_ERROR).getMessage();
            assertThat(complaint).contains("not compatible").doesNotContain(WORD, base64(WORD));
            var orders =
                    agent.heard().stream().filter(each -> each.getOrder().hasLaunch()).toList();
            for (var order : orders) {
                var executor = order.getOrder().getLaunch().getTask().getExecutor();
                var variable = executor.getCommand().getEnvironment().getVariables(0);
                assertThat(opened(variable.getSecret())).isEqualTo(WORD);
            }
            assertNothingTellsIt();
        }
    }

    @Test
    void givesNoneToAnAgentThatCanNotOpenThem() {
        try (var _ = ScriptedAgent.hello(http, ScriptedAgent.machine().build())) {
            var offer = framework.offer();
            accept(offer, launch(task("hopeless", offer, "\"command\":" + command())));

            assertThat(awaitStatus("hopeless", TaskState.TASK_ERROR).getMessage())
                    .isEqualTo("The agent can't be given secrets");
        }
    }

    private void assertNothingTellsIt() throws Exception {
        for (var call : CALLS)
            assertThat(http.postJson("/api/v1", "{\"type\":\"" + call + "\"}").text())
                    .as(call)
                    .doesNotContain(WORD, base64(WORD));
        for (var path : List.of("/state", "/tasks", "/frameworks", "/slaves"))
            assertThat(http.get(path).text()).as(path).doesNotContain(WORD, base64(WORD));
        // What a table holds of it, and so what its events have held.
        var kept = new ByteArrayOutputStream();
        new SnapshotCodec(new Build("1"))
                .write(new Snapshot(1, Instant.EPOCH, master.leadership().cluster()), kept);
        assertThat(kept.toString(ISO_8859_1)).contains("meseta-sealed-1:").doesNotContain(WORD);
    }

    private String opened(Secret secret) {
        return new String(key.open(secret.getValue().getData().toByteArray()).orElseThrow(), UTF_8);
    }

    private static Secret volume(TaskInfo task) {
        return task.getContainer().getVolumes(0).getSource().getSecret();
    }

    private static Secret variable(TaskInfo task) {
        return task.getCommand().getEnvironment().getVariables(0).getSecret();
    }

    private TaskStatus awaitStatus(String task, TaskState state) {
        return framework
                .await(
                        task + " to be " + state,
                        event ->
                                event.getUpdate().getStatus().getTaskId().getValue().equals(task)
                                        && event.getUpdate().getStatus().getState() == state)
                .getUpdate()
                .getStatus();
    }

    private void accept(Offer offer, String operation) {
        var reply =
                framework.call(
                        "ACCEPT",
                        ("\"accept\":{\"offer_ids\":[{\"value\":\"%s\"}],\"operations\":[%s],"
                                        + "\"filters\":{\"refuse_seconds\":0}}")
                                .formatted(offer.getId().getValue(), operation));
        assertThat(reply.status()).isEqualTo(202);
    }

    private static String launch(String... tasks) {
        return "{\"type\":\"LAUNCH\",\"launch\":{\"task_infos\":[%s]}}"
                .formatted(String.join(",", tasks));
    }

    private static String task(String id, Offer offer, String members) {
        return Samples.task(id, offer.getAgentId().getValue(), members + "," + container());
    }

    private static String secret() {
        return "\"secret\":{\"type\":\"VALUE\",\"value\":{\"data\":\"" + base64(WORD) + "\"}}";
    }

    private static String command() {
        return "{\"value\":\"sleep 100\",\"environment\":{\"variables\":[{\"name\":\"V\","
                + "\"type\":\"SECRET\","
                + secret()
                + "}]}}";
    }

    private static String container() {
        return "\"container\":{\"type\":\"MESOS\",\"volumes\":[{\"container_path\":\"s\","
                + "\"mode\":\"RO\",\"source\":{\"type\":\"SECRET\","
                + secret()
                + "}}]}";
    }

    private static String executor(String name) {
        return "\"executor\":{\"type\":\"CUSTOM\",\"executor_id\":{\"value\":\"e\"},"
                + "\"name\":\"%s\",".formatted(name)
                + "\"command\":"
                + command()
                + "}";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
