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

/// What dashboards of Mesos read, as it was, for those who may see it now.
final class PastDocumentsIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> ROUTES =
            List.of("/state", "/state-summary", "/slaves", "/frameworks", "/tasks", "/roles");

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
    void showsWhatWas() {
        try (var agent =
                        ScriptedAgent.hello(
                                as("agent/1"),
                                ScriptedAgent.machine().build(),
                                ScriptedAgent.running());
                var framework = ScriptedFramework.subscribe(as("dana"), Samples.MODERN)) {
            long then = runThenTearDown(agent, framework);

            assertThat(json("admin", "/state").path("frameworks").size()).isZero();
            var state = json("admin", "/state?at=sequence:" + then);
            var was = state.path("frameworks").path(0);
            assertThat(was.path("tasks").path(0).path("state").asString())
                    .isEqualTo("TASK_RUNNING");
            assertThat(was.path("used_resources").path("cpus").asDouble()).isPositive();
            assertThat(state.path("slaves").size()).isEqualTo(1);
            assertThat(state.path("unreachable_slaves").asDouble()).isZero();
            assertThat(json("admin", "/master/slaves?at=sequence:" + then).path("slaves").size())
                    .isEqualTo(1);
            assertThat(json("admin", "/frameworks?at=sequence:" + then).path("frameworks").size())
                    .isEqualTo(1);
            assertThat(json("admin", "/tasks?at=sequence:" + then).path("tasks").size())
                    .isEqualTo(1);
            var summary = json("admin", "/state-summary?at=sequence:" + then);
            assertThat(summary.path("slaves").path(0).path("TASK_RUNNING").asInt()).isEqualTo(1);
            var role = json("admin", "/roles.json?at=sequence:" + then).path("roles").path(0);
            assertThat(role.path("allocated").path("cpus").asDouble()).isPositive();

            var told = as("admin").get("/tasks?at=sequence:" + then);
            assertThat(told.header("Meseta-Sequence")).contains(Long.toString(then));
            var at = told.header("Meseta-At").orElseThrow();
            assertThat(json("admin", "/frameworks?at=" + at).path("frameworks").size())
                    .isEqualTo(1);
            assertThat(json("admin", "/state?at=").path("frameworks").size()).isZero();
        }
    }

    @Test
    void saysNothingOfWhatIsNotRecorded() {
        try (var agent =
                        ScriptedAgent.hello(
                                as("agent/1"),
                                ScriptedAgent.machine().build(),
                                ScriptedAgent.running());
                var framework = ScriptedFramework.subscribe(as("dana"), Samples.MODERN)) {
            long then = runThenTearDown(agent, framework);

            var now = json("admin", "/state");
            var state = json("admin", "/state?at=sequence:" + then);
            for (var live :
                    List.of("leader", "flags", "start_time", "activated_slaves", "leader_info")) {
                assertThat(now.has(live)).as(live).isTrue();
                assertThat(state.has(live)).as(live).isFalse();
            }
            for (var live : List.of("active", "offered_resources"))
                assertThat(state.path("slaves").path(0).has(live)).as(live).isFalse();
            for (var live : List.of("active", "connected", "offers", "offer_constraints"))
                assertThat(state.path("frameworks").path(0).has(live)).as(live).isFalse();
            var role = json("admin", "/roles?at=sequence:" + then).path("roles").path(0);
            assertThat(role.has("offered")).isFalse();
            assertThat(role.has("reserved")).isTrue();
        }
    }

    @Test
    void showsItToThoseAloneWhoMaySeeItNow() {
        try (var agent =
                        ScriptedAgent.hello(
                                as("agent/1"),
                                ScriptedAgent.machine().build(),
                                ScriptedAgent.running());
                var framework = ScriptedFramework.subscribe(as("dana"), Samples.MODERN)) {
            long then = runThenTearDown(agent, framework);

            assertThat(tasks("dana", then)).isEqualTo(1);
            assertThat(tasks("otto", then)).isZero();
            for (var route : ROUTES)
                assertThat(master.http().get(route + "?at=sequence:" + then).status())
                        .as(route)
                        .isEqualTo(401);
        }
    }

    @Test
    void answersWhoeverLeads() {
        long then = sequence();

        master.leadership().become(new Leadership.Role.Leaderless());

        for (var route : ROUTES) {
            assertThat(as("admin").get(route).status()).as(route).isEqualTo(503);
            assertThat(as("admin").get(route + "?at=sequence:" + then).status())
                    .as(route)
                    .isEqualTo(200);
            assertThat(as("admin").get("/master" + route + "?at=sequence:" + then).status())
                    .as(route)
                    .isEqualTo(200);
        }
    }

    @Test
    void saysWhatThereIsToSee() {
        for (var route : ROUTES) {
            for (var at : List.of("yesterday", "sequence:x", "sequence:-1"))
                refused(route, at, 400, "'at' must be a time like");
            refused(route, "sequence:999999", 422, "The newest state there is to see is sequence:");
            refused(route, "2990-01-01T00:00:00Z", 422, "That has not come yet.");
        }
    }

    private void refused(String route, String at, int status, String words) {
        var reply = as("admin").get(route + "?at=" + at);
        assertThat(reply.status()).as(route + " " + at).isEqualTo(status);
        assertThat(reply.header("Content-Type").orElseThrow()).startsWith("text/plain");
        assertThat(reply.text()).contains(words);
    }

    /// @return the newest entry while the task ran
    private long runThenTearDown(ScriptedAgent agent, ScriptedFramework framework) {
        framework.launch(
                framework.offer(),
                Samples.task("a", agent.id(), "\"command\":{\"value\":\"id\",\"user\":\"dana\"}"));
        Await.shortly()
                .until(
                        "it is known to run",
                        () ->
                                master.leadership()
                                        .cluster()
                                        .tasks()
                                        .all()
                                        .anyMatch(task -> task.state() == TaskState.TASK_RUNNING));
        long then = sequence();
        master.leadership().pass(Duration.ofSeconds(1));
        as("admin")
                .send(
                        "POST",
                        "/teardown",
                        ("frameworkId=" + framework.id()).getBytes(StandardCharsets.UTF_8));
        Await.shortly()
                .until(
                        "the framework is gone",
                        () -> master.leadership().cluster().frameworks().isEmpty());
        return then;
    }

    private int tasks(String who, long sequence) {
        return json(who, "/tasks?at=sequence:" + sequence).path("tasks").size();
    }

    private long sequence() {
        return master.bean(Journal.class).head().nextSequence() - 1;
    }

    private JsonNode json(String who, String path) {
        var reply = as(who).get(path);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return JSON.readTree(reply.text());
    }

    private RawHttp as(String who) {
        return master.http().as(basic(who));
    }
}
