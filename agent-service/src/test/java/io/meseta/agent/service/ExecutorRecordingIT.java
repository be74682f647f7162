package io.meseta.agent.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import io.meseta.agent.core.task.Stage;
import io.meseta.agent.engine.AgentLoop;
import io.meseta.mesos.json.JsonLimits;
import io.meseta.mesos.json.MesosJson;
import io.meseta.mesos.v1.ExecutorID;
import io.meseta.mesos.v1.FrameworkID;
import io.meseta.mesos.v1.FrameworkInfo;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.TaskState;
import io.meseta.testkit.Await;
import io.meseta.testkit.corpus.Recorded;
import io.meseta.testkit.corpus.Records;
import io.meseta.testkit.http.RawHttp;
import io.meseta.wire.agent.ExecutorMessage;
import io.meseta.wire.agent.MasterMessage;
import io.meseta.wire.agent.Order;
import io.meseta.wire.agent.ShutdownExecutor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An executor says what one was recorded to say, and must hear what that one heard; what the agent
/// shows of it is what was shown. The recordings are of two executors of one name: the stream is
/// that of the first one's, most of what is said, the second one's.
@Timeout(120)
final class ExecutorRecordingIT {

    private static final String ID = "rec-exec";

    /// The recorded command starts a program that is not here. The test speaks in its place.
    private static final String RECORDED_COMMAND = "/usr/bin/python3 /etc/mesos/http_executor.py";

    private static final String COMMAND = "exec sleep 600";

    @TempDir private Path work;

    private List<Recorded> calls = List.of();
    private List<JsonNode> heardThen = List.of();
    private String framework = "";

    @BeforeEach
    void read() {
        var folder = Recorded.folder();
        assumeTrue(folder.isPresent(), "the recordings are not beside the repository");
        calls = Recorded.group(folder.get(), "executor-stream-json");
        heardThen = named("002-SUBSCRIBE.json").events().stream().map(this::translated).toList();
        framework = info("framework_info").path("id").path("value").asString();
    }

    @Test
    void hearsAndShowsWhatWasHeardAndShown() throws Exception {
        try (var master = new FakeMaster()) {
            master.agentId = info("agent_info").path("id").path("value").asString();
            try (var agent =
                    RunningAgent.start(
                            work,
                            master,
                            "--meseta.agent.hostname=127.0.0.1",
                            "--meseta.agent.tasks.executors.shutdown-grace-period=1s")) {
                master.awaitHello(1);
                master.launch(
                        message(info("framework_info"), FrameworkInfo.getDefaultInstance())
                                .toBuilder(),
                        message(
                                heardThen.get(1).path("launch").path("task"),
                                TaskInfo.getDefaultInstance())
                                .toBuilder());
                Await.within(FakeMaster.LIMIT)
                        .until("its process is there", () -> isRunning(agent));

                play(master, agent);

                assertThat(master.states("c1"))
                        .startsWith(TaskState.TASK_STARTING, TaskState.TASK_RUNNING);
                Await.within(FakeMaster.LIMIT).until("nothing is left", () -> isIdle(agent));
            }
        }
    }

    private void play(FakeMaster master, RunningAgent agent) throws Exception {
        var http = new RawHttp(agent.port());
        var events = new CopyOnWriteArrayList<JsonNode>();
        var body = text(named("002-SUBSCRIBE.json")).getBytes(StandardCharsets.UTF_8);
        try (var flow =
                http.open(
                        "POST",
                        "/api/v1/executor",
                        body,
                        "Content-Type: application/json",
                        "Accept: application/json")) {
            assertThat(flow.status()).isEqualTo(200);
            Thread.ofVirtual().start(() -> listen(flow, events));
            hears(events, 0, 2);
            // The receipts that were heard are of these three.
            say(http, "003-UPDATE-TASK_STARTING.json", heardThen.get(2));
            say(http, "004-UPDATE-TASK_RUNNING.json", heardThen.get(3));
            say(http, "005-UPDATE-TASK_RUNNING.json", heardThen.get(4));
            say(http, "006-MESSAGE.json", heardThen.get(4));
            say(http, "007-HEARTBEAT.json", heardThen.get(4));
            hears(events, 2, 5);
            shows(agent);
            master.send(
                    MasterMessage.newBuilder()
                            .setExecutorMessage(
                                    ExecutorMessage.newBuilder()
                                            .setFrameworkId(id())
                                            .setExecutorId(ExecutorID.newBuilder().setValue(ID))
                                            .setData(ByteString.copyFromUtf8("ping")))
                            .build());
            hears(events, 5, 6);
            master.order(
                    Order.newBuilder()
                            .setShutdownExecutor(
                                    ShutdownExecutor.newBuilder()
                                            .setFrameworkId(id())
                                            .setExecutorId(ExecutorID.newBuilder().setValue(ID))));
            hears(events, 6, 7);
        }
    }

    /// Says what was said, as the first of the two, and under the uuid of a receipt.
    private void say(RawHttp http, String name, JsonNode receipt) {
        var call = (ObjectNode) Recorded.JSON.readTree(text(named(name)));
        call.withObject("framework_id").put("value", framework);
        if (call.has("update"))
            call.withObject("update")
                    .withObject("status")
                    .put("uuid", receipt.path("acknowledged").path("uuid").asString());
        var reply = http.postJson("/api/v1/executor", call.toString());
        assertThat(reply.status()).as(name).isEqualTo(named(name).status());
        assertThat(reply.text()).as(name).isEmpty();
    }

    private void hears(List<JsonNode> events, int from, int until) {
        Await.within(FakeMaster.LIMIT)
                .until("%d events have come".formatted(until), () -> events.size() >= until);
        for (int i = from; i < until; i++)
            assertThat(bare(events.get(i))).isEqualTo(bare(heardThen.get(i)));
    }

    /// Without what depends on the machine and the moment.
    private static JsonNode bare(JsonNode event) {
        var bare = (ObjectNode) event.deepCopy();
        if (!bare.has("subscribed")) return bare;
        var subscribed = bare.withObject("subscribed");
        assertThat(subscribed.path("container_id").path("value").asString()).isNotEmpty();
        subscribed.remove("container_id");
        var agent = subscribed.withObject("agent_info");
        agent.remove("port");
        // Whose order means nothing.
        var resources = new ArrayList<>(agent.path("resources").values());
        resources.sort(Comparator.comparing(each -> each.path("name").asString()));
        agent.putArray("resources").addAll(resources);
        return bare;
    }

    /// But for what was told last: then it was the other's.
    private void shows(RunningAgent agent) throws Exception {
        var executors =
                json(agent.call("{\"type\":\"GET_EXECUTORS\"}").body())
                        .path("get_executors")
                        .path("executors");
        assertThat(executors).hasSize(1);
        assertThat(executors.path(0)).isEqualTo(shownThen("033", "get_executors", "executors"));
        var then = shownThen("035", "get_tasks", "launched_tasks");
        var tasks = launched(agent);
        assertThat(tasks).hasSize(1);
        for (var field :
                List.of(
                        "name",
                        "task_id",
                        "framework_id",
                        "executor_id",
                        "agent_id",
                        "state",
                        "resources"))
            assertThat(tasks.path(0).path(field)).as(field).isEqualTo(then.path(field));
    }

    private static JsonNode launched(RunningAgent agent) throws Exception {
        return json(agent.call("{\"type\":\"GET_TASKS\"}").body())
                .path("get_tasks")
                .path("launched_tasks");
    }

    /// What was shown of the first of the two.
    private JsonNode shownThen(String number, String part, String list) {
        var recorded =
                Recorded.group(Recorded.folder().orElseThrow(), "executor-flow-json").stream()
                        .filter(each -> each.name().startsWith(number))
                        .findFirst()
                        .orElseThrow();
        var shown = json(new String(recorded.responseBody(), StandardCharsets.UTF_8));
        for (var each : shown.path(part).path(list))
            if (each.toString().contains(framework)) return translated(each);
        throw new AssertionError("nothing was shown of " + framework);
    }

    private static void listen(RawHttp.Flow flow, List<JsonNode> events) {
        try {
            var records = new Records(flow.body());
            for (var next = records.next(); next.isPresent(); next = records.next())
                events.add(Recorded.JSON.readTree(next.get()));
        } catch (IOException _) {
            // The test has hung up.
        }
    }

    private static boolean isRunning(RunningAgent agent) {
        return agent.bean(AgentLoop.class).current().executors().values().stream()
                .anyMatch(executor -> executor.stage() == Stage.RUNNING);
    }

    private static boolean isIdle(RunningAgent agent) {
        var machine = agent.bean(AgentLoop.class).current();
        return machine.tasks().isEmpty() && machine.executors().isEmpty();
    }

    private FrameworkID id() {
        return FrameworkID.newBuilder().setValue(framework).build();
    }

    private Recorded named(String name) {
        return calls.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not recorded"));
    }

    private JsonNode info(String name) {
        return heardThen.getFirst().path("subscribed").path(name);
    }

    private JsonNode translated(JsonNode recorded) {
        return json(recorded.toString().replace(RECORDED_COMMAND, COMMAND));
    }

    private static String text(Recorded recorded) {
        return new String(recorded.requestBody(), StandardCharsets.UTF_8);
    }

    private static JsonNode json(String text) {
        return Recorded.JSON.readTree(text);
    }

    private static <T extends com.google.protobuf.Message> T message(JsonNode json, T prototype)
            throws Exception {
        return MesosJson.read(
                json.toString().getBytes(StandardCharsets.UTF_8), prototype, JsonLimits.DEFAULT);
    }
}
