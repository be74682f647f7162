package io.meseta.master.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.testing.Samples;
import io.meseta.master.testing.ScriptedAgent;
import io.meseta.master.testing.ScriptedFramework;
import io.meseta.master.testing.TestMaster;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.master.Call;
import io.meseta.mesos.v1.master.Response;
import io.meseta.testkit.Await;
import io.meseta.testkit.http.RawHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class OperatorsIT {

    private TestMaster master;
    private RawHttp http;

    @BeforeEach
    void start() {
        master = TestMaster.start();
        http = master.http();
    }

    @AfterEach
    void stop() {
        master.close();
    }

    @Test
    void showsTheSameInBothForms() throws Exception {
        try (var agent =
                        ScriptedAgent.hello(
                                http,
                                ScriptedAgent.machine("rack:r1").build(),
                                ScriptedAgent.running());
                var framework = ScriptedFramework.subscribe(http, Samples.MODERN)) {
            framework.launch(framework.offer(), Samples.task("t1", agent.id()));
            framework.await(
                    "it runs",
                    event -> event.getUpdate().getStatus().getState() == TaskState.TASK_RUNNING);
            framework.offer();

            var state = protobuf(Call.Type.GET_STATE).getGetState();
            var task = state.getGetTasks().getTasks(0);
            assertThat(task.getTaskId().getValue()).isEqualTo("t1");
            assertThat(task.getStatusUpdateState()).isEqualTo(TaskState.TASK_RUNNING);
            assertThat(task.getResources(0).getAllocationInfo().getRole()).isEqualTo("dev");
            var shown = state.getGetAgents().getAgents(0);
            assertThat(shown.getAgentInfo().getId().getValue()).isEqualTo(agent.id());
            assertThat(shown.getActive()).isTrue();
            assertThat(shown.getAllocatedResourcesCount()).isEqualTo(2);
            assertThat(state.getGetFrameworks().getFrameworks(0).getOffersCount()).isEqualTo(1);

            for (var type :
                    new Call.Type[] {
                        Call.Type.GET_STATE,
                        Call.Type.GET_TASKS,
                        Call.Type.GET_AGENTS,
                        Call.Type.GET_FRAMEWORKS,
                        Call.Type.GET_EXECUTORS,
                        Call.Type.GET_FLAGS,
                        Call.Type.GET_MASTER,
                        Call.Type.GET_VERSION,
                        Call.Type.GET_HEALTH
                    })
                assertThat(tree(json(type.name()))).as(type.name()).isEqualTo(tree(protobuf(type)));
        }
    }

    @Test
    void showsEmptyListsInJson() {
        assertThat(call("{\"type\":\"GET_TASKS\"}").text())
                .isEqualTo(
                        "{\"type\":\"GET_TASKS\",\"get_tasks\":{\"tasks\":[],"
                                + "\"unreachable_tasks\":[],\"completed_tasks\":[]}}");
    }

    @Test
    void tearsAFrameworkDown() {
        try (var framework = ScriptedFramework.subscribe(http, Samples.MODERN)) {
            var teardown =
                    "{\"type\":\"TEARDOWN\",\"teardown\":{\"framework_id\":{\"value\":\"%s\"}}}"
                            .formatted(framework.id());

            assertThat(call(teardown).status()).isEqualTo(200);
            Await.shortly().until("its stream has ended", framework::isEnded);
            var again = call(teardown);
            assertThat(again.status()).isEqualTo(400);
            assertThat(again.text()).isEqualTo("No framework found with specified ID");
        }
    }

    @Test
    void saysOfWhatNobodyKnowsThatItDoesNot() {
        var reply = call("{\"type\":\"UNKNOWN\"}");
        assertThat(reply.status()).isEqualTo(501);
        assertThat(reply.text()).isEqualTo("501 Not Implemented.");
    }

    @Test
    void reachesThemByEachOfTheirPaths() {
        for (var path : new String[] {"/api/v1", "/api/v1/", "/master/api/v1", "/api/v1/operator"})
            assertThat(http.postJson(path, "{\"type\":\"GET_HEALTH\"}").text())
                    .isEqualTo("{\"type\":\"GET_HEALTH\",\"get_health\":{\"healthy\":true}}");
    }

    private RawHttp.Reply call(String body) {
        return http.postJson("/api/v1", body);
    }

    private Response json(String type) throws Exception {
        var text = call("{\"type\":\"" + type + "\"}").body();
        return io.meseta.mesos.json.MesosJson.read(
                text, Response.getDefaultInstance(), io.meseta.mesos.json.JsonLimits.DEFAULT);
    }

    /// Defaults are said in JSON and left out in protobuf, so messages are compared as JSON.
    private static JsonNode tree(Response response) {
        return JsonMapper.builder()
                .build()
                .readTree(io.meseta.mesos.json.MesosJson.write(response));
    }

    private Response protobuf(Call.Type type) throws Exception {
        var reply =
                http.send(
                        "POST",
                        "/api/v1",
                        Call.newBuilder().setType(type).build().toByteArray(),
                        "Content-Type: application/x-protobuf",
                        "Accept: application/x-protobuf");
        assertThat(reply.status()).isEqualTo(200);
        return Response.parseFrom(reply.body());
    }
}
