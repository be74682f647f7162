package io.meseta.master.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.testing.Samples;
import io.meseta.master.testing.ScriptedAgent;
import io.meseta.master.testing.ScriptedFramework;
import io.meseta.master.testing.TestMaster;
import io.meseta.mesos.v1.TaskState;
import io.meseta.testkit.RepositoryRoot;
import io.meseta.testkit.http.RawHttp;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class TasksIT {

    private static final String ROUTE = "/api/meseta/v1/tasks";
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
    void hasATaskKilledByAnyonesWord() {
        try (var agent =
                        ScriptedAgent.hello(
                                http, ScriptedAgent.machine().build(), ScriptedAgent.running());
                var framework = ScriptedFramework.subscribe(http, Samples.MODERN)) {
            framework.launch(
                    framework.offer(),
                    Samples.task("a", agent.id()),
                    Samples.task("b:kill", agent.id()),
                    Samples.task("c", agent.id()));
            framework.await(
                    "c runs",
                    event ->
                            event.getUpdate().getStatus().getTaskId().getValue().equals("c")
                                    && event.getUpdate().getStatus().getState()
                                            == TaskState.TASK_STARTING);

            var reply = kill(framework.id(), "b:kill");
            assertThat(reply.status()).isEqualTo(202);
            framework.await(
                    "it is killed",
                    event ->
                            event.getUpdate().getStatus().getState() == TaskState.TASK_STARTING
                                    || event.getUpdate().getStatus().getState()
                                            == TaskState.TASK_KILLED);
            agent.await(
                    "the kill",
                    message ->
                            message.getOrder().getKill().getTaskId().getValue().equals("b:kill"));
        }
    }

    @Test
    void saysWithAProblemThatThereIsNoSuchTask() {
        for (var task : new String[] {"nope", "..", "%20", "x".repeat(300)}) {
            var reply = kill("nobody", task);
            assertThat(reply.status()).as(task).isIn(400, 404);
        }
        var reply = kill("nobody", "nope");
        assertThat(reply.header("Content-Type")).contains("application/problem+json");
        var problem = JSON.readTree(reply.text());
        assertThat(problem.path("type").asString()).isEqualTo("urn:meseta:problem:not-found");
        assertThat(problem.path("detail").asString())
                .isEqualTo("Framework 'nobody' has no task 'nope'.");
    }

    @Test
    void refusesOtherMethods() {
        assertThat(http.get(ROUTE + "/f/t:kill").status()).isEqualTo(405);
        assertThat(http.send("DELETE", ROUTE, new byte[0]).status()).isEqualTo(405);
    }

    @Test
    void describesItselfAsTheSnapshotSays() throws IOException {
        var shown = http.get("/api/meseta/v1/openapi").text();
        var snapshot =
                RepositoryRoot.find().resolve("master-service/src/test/resources/openapi.json");
        // A change of the document is a change of a promise: renew the snapshot with this property
        // and read the difference.
        if (Boolean.getBoolean("accept.openapi")) Files.writeString(snapshot, shown + "\n");

        assertThat(JSON.readTree(shown)).isEqualTo(JSON.readTree(Files.readString(snapshot)));
    }

    private static RawHttp.Reply kill(String framework, String task) {
        return http.send("POST", ROUTE + "/" + framework + "/" + task + ":kill", new byte[0]);
    }
}
