package io.meseta.master.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.testing.Samples;
import io.meseta.master.testing.ScriptedAgent;
import io.meseta.master.testing.ScriptedFramework;
import io.meseta.master.testing.TestMaster;
import io.meseta.mesos.v1.TaskState;
import io.meseta.testkit.Await;
import io.meseta.testkit.http.RawHttp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class PagesIT {

    private static final String ROUTE = "/api/meseta/v1/";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static TestMaster master;
    private static RawHttp http;

    @BeforeAll
    static void start() {
        master = TestMaster.start();
        http = master.http();
    }

    @AfterAll
    static void stop() {
        master.close();
    }

    @Test
    void pagesThroughWhatThereIsAlsoWhatHasEnded() {
        try (var agent =
                        ScriptedAgent.hello(
                                http,
                                ScriptedAgent.machine("rack:r1", "num:5").build(),
                                ScriptedAgent.running());
                var other = ScriptedAgent.hello(http, ScriptedAgent.machine().build());
                var framework = ScriptedFramework.subscribe(http, Samples.MODERN)) {
            other.id();
            var offer = framework.offer();
            while (!offer.getAgentId().getValue().equals(agent.id())) offer = framework.offer();
            framework.launch(
                    offer,
                    Samples.task("a", agent.id()),
                    Samples.task("b", agent.id()),
                    Samples.task("c", agent.id()));
            framework.await(
                    "c started",
                    event ->
                            event.getUpdate().getStatus().getTaskId().getValue().equals("c")
                                    && event.getUpdate().getStatus().getState()
                                            == TaskState.TASK_STARTING);
            assertThat(ids("tasks", "tasks", 2)).containsExactly("a", "b", "c");
            assertThat(ids("agents", "agents", 1)).hasSize(2);
            assertThat(json("frameworks").path("frameworks").path(0).path("tasks").asInt())
                    .isEqualTo(3);
            var shown = json("agents").path("agents").path(0);
            assertThat(shown.path("attributes").path("num").asDouble()).isEqualTo(5.0);
            assertThat(shown.path("url").asString()).isEqualTo("http://127.0.0.1:5051");

            http.send(
                    "POST",
                    "/teardown",
                    ("frameworkId=" + framework.id()).getBytes(StandardCharsets.UTF_8));
            Await.shortly()
                    .until(
                            "the framework is gone",
                            () -> json("frameworks").path("frameworks").size() == 0);

            assertThat(ids("tasks", "tasks", 1)).containsExactly("a", "b", "c");
            assertThat(json("tasks").path("tasks").path(2).path("state").asString())
                    .isEqualTo("TASK_KILLED");
        }
    }

    @Test
    void refusesPagesThatAreNone() {
        for (var what : List.of("agents", "frameworks", "tasks", "roles"))
            for (var query : new String[] {"?limit=0", "?limit=1001", "?limit=x"}) {
                var reply = http.get(ROUTE + what + query);
                assertThat(reply.status()).as(query).isEqualTo(400);
                assertThat(reply.header("Content-Type")).contains("application/problem+json");
            }
    }

    private static List<String> ids(String path, String list, int limit) {
        var ids = new ArrayList<String>();
        var after = "";
        do {
            var page = json(path + "?limit=" + limit + "&after=" + after);
            for (var each : page.path(list)) ids.add(each.path("id").asString());
            after = page.path("next").asString();
        } while (!after.isEmpty());
        return ids;
    }

    private static JsonNode json(String path) {
        var reply = http.get(ROUTE + path);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return JSON.readTree(reply.text());
    }
}
