package io.meseta.master.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.testing.Samples;
import io.meseta.master.testing.ScriptedAgent;
import io.meseta.master.testing.ScriptedFramework;
import io.meseta.master.testing.TestMaster;
import io.meseta.mesos.v1.TaskState;
import io.meseta.testkit.Await;
import io.meseta.testkit.http.RawHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class StateIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private TestMaster master;
    private RawHttp http;

    @BeforeEach
    void start() {
        master = TestMaster.start("meseta.master.advertise.cluster=ours");
        http = master.http();
    }

    @AfterEach
    void stop() {
        master.close();
    }

    @Test
    void showsATaskWithItsFrameworkAndItsAgent() {
        try (var agent =
                        ScriptedAgent.hello(
                                http,
                                ScriptedAgent.machine("rack:r1", "num:5").build(),
                                ScriptedAgent.running());
                var framework = ScriptedFramework.subscribe(http, Samples.MODERN)) {
            framework.launch(framework.offer(), Samples.task("t1", agent.id()));
            framework.await(
                    "it runs",
                    event -> event.getUpdate().getStatus().getState() == TaskState.TASK_RUNNING);

            var state = json("/state");
            assertThat(state.path("cluster").asString()).isEqualTo("ours");
            assertThat(state.path("activated_slaves").asDouble()).isEqualTo(1.0);
            var slave = state.path("slaves").path(0);
            assertThat(slave.path("attributes").path("num").asDouble()).isEqualTo(5.0);
            assertThat(slave.path("used_resources").path("cpus").asDouble()).isEqualTo(0.5);
            assertThat(slave.path("resources").path("ports").asString()).isEqualTo("[31000-32000]");
            var shown = state.path("frameworks").path(0);
            assertThat(shown.path("roles").path(0).asString()).isEqualTo("dev");
            var task = shown.path("tasks").path(0);
            assertThat(task.path("state").asString()).isEqualTo("TASK_RUNNING");
            assertThat(task.path("statuses").size()).isEqualTo(2);

            var summary = json("/state-summary");
            assertThat(summary.path("slaves").path(0).path("TASK_RUNNING").asInt()).isEqualTo(1);
            assertThat(json("/tasks").path("tasks").size()).isEqualTo(1);
            assertThat(json("/tasks?limit=0").path("tasks").size()).isZero();
            assertThat(json("/tasks?task_id=x").path("tasks").size()).isZero();
            assertThat(
                            json("/slaves")
                                    .path("slaves")
                                    .path(0)
                                    .path("used_resources_full")
                                    .path(0)
                                    .path("allocation_info")
                                    .path("role")
                                    .asString())
                    .isEqualTo("dev");
            assertThat(json("/metrics/snapshot").path("master/tasks_running").asDouble())
                    .isEqualTo(1.0);
        }
    }

    @Test
    void showsATornDownFrameworkAmongTheCompletedOnes() {
        try (var framework = ScriptedFramework.subscribe(http, Samples.MODERN)) {
            var id = framework.id();
            var reply =
                    http.send(
                            "POST",
                            "/teardown",
                            ("frameworkId=" + id)
                                    .getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertThat(reply.status()).isEqualTo(200);
            Await.shortly().until("its stream has ended", framework::isEnded);

            var shown = json("/frameworks").path("completed_frameworks").path(0);
            assertThat(shown.path("id").asString()).isEqualTo(id);
            assertThat(shown.path("unregistered_time").asDouble()).isPositive();
        }
    }

    @Test
    void countsNoTaskOfAFrameworkThatIsOver() {
        try (var agent =
                        ScriptedAgent.hello(
                                http, ScriptedAgent.machine().build(), ScriptedAgent.running());
                var framework = ScriptedFramework.subscribe(http, Samples.MODERN)) {
            framework.launch(framework.offer(), Samples.task("t1", agent.id()));
            framework.await(
                    "it runs",
                    event -> event.getUpdate().getStatus().getState() == TaskState.TASK_RUNNING);
            http.send(
                    "POST",
                    "/teardown",
                    ("frameworkId=" + framework.id())
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
            Await.shortly().until("its stream has ended", framework::isEnded);

            assertThat(json("/tasks").path("tasks").size()).isEqualTo(1);
            var slave = json("/state-summary").path("slaves").path(0);
            assertThat(slave.path("framework_ids").size()).isZero();
            for (var state : TaskState.values())
                assertThat(slave.path(state.name()).asInt()).as("%s", state).isZero();
        }
    }

    @Test
    void answersByOlderNamesAndAnyMethod() {
        for (var path :
                new String[] {
                    "/state",
                    "/state/",
                    "//state",
                    "/master/state",
                    "/master/state.json",
                    "/state?",
                    "http://127.0.0.1:" + master.port() + "/state"
                }) assertThat(http.get(path).status()).as(path).isEqualTo(200);
        for (var method : new String[] {"POST", "PUT", "OPTIONS", "DELETE"})
            assertThat(http.send(method, "/slaves", new byte[0]).text())
                    .isEqualTo("{\"slaves\":[],\"recovered_slaves\":[]}");
    }

    @Test
    void wrapsItsAnswerIntoACallIfAsked() {
        assertThat(http.get("/tasks?jsonp=show.it").text()).isEqualTo("show.it({\"tasks\":[]});");
        assertThat(http.get("/tasks?jsonp=alert(1)//").status()).isEqualTo(400);
    }

    @Test
    void compressesIfAsked() {
        var reply = http.get("/state", "Accept-Encoding: gzip, deflate");
        assertThat(reply.header("Content-Encoding")).contains("gzip");
        assertThat(reply.text()).startsWith("{\"version\"");
        assertThat(http.get("/state", "Accept-Encoding: gzip;q=0").header("Content-Encoding"))
                .isEmpty();
    }

    @Test
    void saysOfOtherPathsThatThereIsNothing() {
        for (var path : new String[] {"/nope", "/api/", "/redirect/foo", "/observe", "/error"}) {
            var reply = http.get(path);
            assertThat(reply.status()).as(path).isEqualTo(404);
        }
        assertThat(http.get("/nope").text()).isEqualTo("404 Not Found.");
        assertThat(http.get("/api/meseta/nope").header("Content-Type"))
                .contains("application/problem+json");
    }

    @Test
    void neverAnswersRubbishWithAFaultOfItsOwn() {
        for (var path :
                new String[] {
                    "/state?x=%zz", "/%zz", "/tasks?limit=-5&offset=99999999999", "/state?jsonp=%00"
                }) {
            var reply =
                    http.exchange(
                            ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            reply.ifPresent(each -> assertThat(each.status()).as(path).isLessThan(500));
        }
    }

    private JsonNode json(String path) {
        var reply = http.get(path);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).contains("application/json");
        return JSON.readTree(reply.text());
    }
}
