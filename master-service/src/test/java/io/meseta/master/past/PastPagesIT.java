package io.meseta.master.past;

import static io.meseta.authorization.SubjectKind.AGENT;
import static io.meseta.authorization.SubjectKind.SERVICE_ACCOUNT;
import static io.meseta.authorization.SubjectKind.USER;
import static io.meseta.platform.testing.StandInBook.basic;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.authorization.starter.StarterPolicies;
import io.meseta.master.engine.Journal;
import io.meseta.master.leadership.Leadership;
import io.meseta.master.testing.Samples;
import io.meseta.master.testing.ScriptedAgent;
import io.meseta.master.testing.ScriptedFramework;
import io.meseta.master.testing.TestMaster;
import io.meseta.model.Role;
import io.meseta.model.TaskState;
import io.meseta.platform.testing.AuthStandIn;
import io.meseta.testkit.Await;
import io.meseta.testkit.http.RawHttp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Records as they were, for those who may see them now.
final class PastPagesIT {

    private static final TaskState RUNNING = TaskState.TASK_RUNNING;

    private static final String ROUTE = "/api/meseta/v1/";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final AuthStandIn auth = new AuthStandIn();
    private TestMaster master;

    @BeforeEach
    void start(@TempDir Path directory) {
        auth.add(USER, "admin", StarterPolicies.ADMINISTRATORS)
                .add(SERVICE_ACCOUNT, "dana", StarterPolicies.developersOf(new Role("dev")))
                .add(SERVICE_ACCOUNT, "otto", StarterPolicies.developersOf(new Role("ops")))
                .add(AGENT, "agent/1");
        auth.book()
                .policy("dev", StarterPolicies.developer("dev", new Role("dev")))
                .policy("ops", StarterPolicies.developer("ops", new Role("ops")));
        master = TestMaster.startSecure(auth.settings(directory, "meseta-master"));
        Await.shortly()
                .until("the bundle is there", () -> as("admin").get("/flags").status() == 200);
    }

    @AfterEach
    void stop() {
        master.close();
        auth.close();
    }

    @Test
    void showsTheClusterAsItWas() {
        try (var agent =
                        ScriptedAgent.hello(
                                as("agent/1"),
                                ScriptedAgent.machine().build(),
                                ScriptedAgent.running());
                var framework = ScriptedFramework.subscribe(as("dana"), Samples.MODERN)) {
            framework.launch(
                    framework.offer(),
                    Samples.task(
                            "a", agent.id(), "\"command\":{\"value\":\"id\",\"user\":\"dana\"}"));
            Await.shortly()
                    .until(
                            "it is known to run",
                            () ->
                                    master.leadership()
                                            .cluster()
                                            .tasks()
                                            .all()
                                            .anyMatch(task -> task.state() == RUNNING));
            long then = sequence();
            master.leadership().pass(Duration.ofSeconds(1));
            tearDown(framework);

            assertThat(json("admin", "frameworks").path("frameworks").size()).isZero();
            assertThat(json("admin", "frameworks?at=sequence:" + then).path("frameworks").size())
                    .isEqualTo(1);
            var task = json("admin", "tasks?at=sequence:" + then).path("tasks").path(0);
            assertThat(task.path("state").asString()).isEqualTo("TASK_RUNNING");
            assertThat(json("admin", "agents?at=sequence:" + then).path("agents").size())
                    .isEqualTo(1);
            assertThat(json("admin", "agents?at=sequence:0").path("agents").size()).isZero();
            var told = as("admin").get(ROUTE + "tasks?at=sequence:" + then);
            assertThat(told.header("Meseta-Sequence")).contains(Long.toString(then));
            var at = told.header("Meseta-At").orElseThrow();
            assertThat(json("admin", "frameworks?at=" + at).path("frameworks").size()).isEqualTo(1);

            var role = json("admin", "roles?at=sequence:" + then).path("roles").path(0);
            assertThat(role.path("allocated").path("cpus").asDouble()).isPositive();
            assertThat(role.path("weight").asDouble()).isOne();
            assertThat(json("admin", "roles?at=sequence:0").path("roles").size()).isZero();
            assertThat(json("otto", "roles?at=sequence:" + then).path("roles").size()).isZero();

            assertThat(json("dana", "tasks?at=sequence:" + then).path("tasks").size()).isEqualTo(1);
            assertThat(json("otto", "tasks?at=sequence:" + then).path("tasks").size()).isZero();
            assertThat(master.http().get(ROUTE + "tasks?at=sequence:" + then).status())
                    .isEqualTo(401);

            master.leadership().become(new Leadership.Role.Leaderless());
            assertThat(as("admin").get(ROUTE + "tasks").status()).isEqualTo(503);
            assertThat(json("admin", "tasks?at=sequence:" + then).path("tasks").size())
                    .isEqualTo(1);
        }
    }

    @Test
    void saysWhatThereIsToSee() {
        for (var at : List.of("yesterday", "sequence:x", "sequence:-1")) refused(at, 400);
        var early = refused("sequence:999999", 422);
        assertThat(early.path("newestSequence").asString()).isEqualTo(Long.toString(sequence()));
        assertThat(early.path("type").asString()).isEqualTo("urn:meseta:problem:not-yet");
        refused("2990-01-01T00:00:00Z", 422);
        assertThat(json("admin", "tasks?at=2001-01-01T00:00:00Z").path("tasks").size()).isZero();
    }

    private JsonNode refused(String at, int status) {
        var reply = as("admin").get(ROUTE + "tasks?at=" + at);
        assertThat(reply.status()).as(at).isEqualTo(status);
        assertThat(reply.header("Content-Type")).contains("application/problem+json");
        return JSON.readTree(reply.text());
    }

    private void tearDown(ScriptedFramework framework) {
        as("admin")
                .send(
                        "POST",
                        "/teardown",
                        ("frameworkId=" + framework.id()).getBytes(StandardCharsets.UTF_8));
        Await.shortly()
                .until(
                        "the framework is gone",
                        () -> master.leadership().cluster().frameworks().isEmpty());
    }

    private long sequence() {
        return master.bean(Journal.class).head().nextSequence() - 1;
    }

    private JsonNode json(String who, String path) {
        var reply = as(who).get(ROUTE + path);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return JSON.readTree(reply.text());
    }

    private RawHttp as(String who) {
        return master.http().as(basic(who));
    }
}
