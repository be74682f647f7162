package io.meseta.master.history;

import static io.meseta.authorization.SubjectKind.AGENT;
import static io.meseta.authorization.SubjectKind.SERVICE_ACCOUNT;
import static io.meseta.authorization.SubjectKind.USER;
import static io.meseta.platform.testing.StandInBook.basic;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.authorization.starter.StarterPolicies;
import io.meseta.master.journal.JournalTables;
import io.meseta.master.testing.Samples;
import io.meseta.master.testing.ScriptedAgent;
import io.meseta.master.testing.ScriptedFramework;
import io.meseta.master.testing.TestMaster;
import io.meseta.mesos.v1.TaskState;
import io.meseta.model.Role;
import io.meseta.platform.testing.AuthStandIn;
import io.meseta.testkit.Await;
import io.meseta.testkit.http.RawHttp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What was, together with what is, for those who may see it.
final class HistoryIT {

    private static final String ROUTE = "/api/meseta/v1/history/";
    private static final String SECRET = "hush-hush";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final AuthStandIn auth = new AuthStandIn();
    private final JournalTables tables = JournalTables.fresh();
    private TestMaster master;

    @BeforeEach
    void start(@TempDir Path directory) {
        auth.add(USER, "admin", StarterPolicies.ADMINISTRATORS)
                .add(USER, "vera", StarterPolicies.VIEWERS)
                .add(SERVICE_ACCOUNT, "dana", StarterPolicies.developersOf(new Role("dev")))
                .add(SERVICE_ACCOUNT, "otto", StarterPolicies.developersOf(new Role("ops")))
                .add(AGENT, "agent/1");
        auth.book()
                .policy("dev", StarterPolicies.developer("dev", new Role("dev")))
                .policy("ops", StarterPolicies.developer("ops", new Role("ops")));
        master =
                TestMaster.startWithHistory(
                        tables.database().dataSource(),
                        auth.settings(directory, "meseta-master"),
                        // By the master's clock, which stands still, all of it is months old.
                        "meseta.master.history.retention=3650d");
        Await.shortly()
                .until("the bundle is there", () -> as("admin").get("/flags").status() == 200);
    }

    @AfterEach
    void stop() {
        master.close();
        auth.close();
        tables.close();
    }

    @Test
    void showsTheLivingAndTheEndedTogetherInPages() {
        try (var agent =
                        ScriptedAgent.hello(
                                as("agent/1"),
                                ScriptedAgent.machine().build(),
                                ScriptedAgent.running());
                var framework = ScriptedFramework.subscribe(as("dana"), Samples.MODERN)) {
            launch(framework, agent, "a", "b", "c");

            for (var order : List.of("newest", "oldest")) {
                assertThat(ids("admin", "tasks?order=" + order, 2))
                        .as(order)
                        .containsExactlyInAnyOrder("a", "b", "c");
                assertThat(ids("admin", "tasks?order=" + order, 1))
                        .isEqualTo(ids("admin", "tasks?order=" + order, 1_000));
            }
            var live = json("admin", "tasks").path("tasks").path(0);
            assertThat(live.path("state").asString()).isEqualTo("TASK_RUNNING");
            assertThat(live.path("launched_at").asString()).isNotEmpty();
            assertThat(live.has("ended_at")).isFalse();

            tearDown(framework);

            assertThat(ids("admin", "tasks", 2)).containsExactlyInAnyOrder("a", "b", "c");
            var ended = json("admin", "tasks").path("tasks").path(0);
            assertThat(ended.path("state").asString()).isEqualTo("TASK_KILLED");
            assertThat(ended.path("ended_at").asString()).isNotEmpty();
            assertThat(ended.path("statuses").size()).isGreaterThan(1);
            var frameworks = json("admin", "frameworks").path("frameworks");
            assertThat(frameworks.path(0).path("id").asString()).isEqualTo(framework.id());
            assertThat(frameworks.path(0).path("state").asString()).isEqualTo("completed");
            assertThat(frameworks.path(0).path("principal").asString()).isEqualTo("dana");
        }
    }

    @Test
    void findsByWhatIsAskedForAlsoOnceAllIsOver() {
        try (var agent =
                        ScriptedAgent.hello(
                                as("agent/1"),
                                ScriptedAgent.machine().build(),
                                ScriptedAgent.running());
                var framework = ScriptedFramework.subscribe(as("dana"), Samples.MODERN)) {
            launch(framework, agent, "a", "b", "c");
            var id = framework.id();
            finds(List.of("a", "b", "c"), "state=TASK_RUNNING", "framework=" + id);
            finds(List.of(), "state=TASK_KILLED");
            tearDown(framework);

            finds(List.of("a", "b", "c"), "state=TASK_KILLED", "framework=" + id, "role=dev");
            finds(List.of("a", "b", "c"), "agent=" + agent.id(), "from=2026-01-01T00:00:00Z");
            finds(List.of(), "state=TASK_RUNNING");
            finds(List.of(), "role=ops");
            finds(List.of(), "until=2001-01-01T00:00:00Z");
            finds(List.of(), "from=2990-01-01T00:00:00Z");
            finds(List.of(), "name=nobody");
            var launches = json("admin", "tasks/" + id + "/b").path("tasks");
            assertThat(launches.size()).isEqualTo(1);
            assertThat(launches.path(0).path("id").asString()).isEqualTo("b");
            assertThat(get("admin", "tasks/" + id + "/zzz").status()).isEqualTo(404);
            assertThat(json("admin", "frameworks?state=active").path("frameworks").size()).isZero();
            assertThat(json("admin", "frameworks?role=dev").path("frameworks").size()).isEqualTo(1);
        }
    }

    @Test
    void showsEachOnlyToThoseWhoMaySeeIt() {
        try (var agent =
                        ScriptedAgent.hello(
                                as("agent/1"),
                                ScriptedAgent.machine().build(),
                                ScriptedAgent.running());
                var framework = ScriptedFramework.subscribe(as("dana"), Samples.MODERN)) {
            launch(framework, agent, "a", "b", "c");
            var id = framework.id();

            for (int round = 0; round < 2; round++) {
                assertThat(ids("dana", "tasks", 2)).hasSize(3);
                assertThat(ids("vera", "tasks", 2)).hasSize(3);
                assertThat(ids("otto", "tasks", 2)).isEmpty();
                assertThat(json("otto", "frameworks").path("frameworks").size()).isZero();
                assertThat(json("dana", "frameworks").path("frameworks").size()).isEqualTo(1);
                assertThat(get("otto", "tasks/" + id + "/a").status()).isEqualTo(404);
                assertThat(get("dana", "tasks/" + id + "/a").status()).isEqualTo(200);
                if (round == 0) tearDown(framework);
            }
            assertThat(master.http().get(ROUTE + "tasks").status()).isEqualTo(401);
        }
    }

    @Test
    void keepsNoEnvironmentAndNoSecret() {
        try (var agent =
                        ScriptedAgent.hello(
                                as("agent/1"),
                                ScriptedAgent.machine().build(),
                                ScriptedAgent.running());
                var framework = ScriptedFramework.subscribe(as("dana"), Samples.MODERN)) {
            launch(framework, agent, "a", "b", "c");
            tearDown(framework);
            assertThat(ids("admin", "tasks", 9)).hasSize(3);

            var bytes =
                    tables.database()
                            .text(
                                    "SELECT string_agg(encode(content, 'escape'), ' ') FROM"
                                            + " task_history");
            assertThat(bytes).contains("dana").doesNotContain(SECRET);
        }
    }

    @Test
    void isMadeAgainByWhoeverMayAndNobodyElse() {
        try (var agent =
                        ScriptedAgent.hello(
                                as("agent/1"),
                                ScriptedAgent.machine().build(),
                                ScriptedAgent.running());
                var framework = ScriptedFramework.subscribe(as("dana"), Samples.MODERN)) {
            launch(framework, agent, "a", "b", "c");
            tearDown(framework);
            assertThat(ids("admin", "tasks", 9)).hasSize(3);
            tables.database().run("DELETE FROM task_history");
            assertThat(ids("admin", "tasks", 9)).isEmpty();

            for (var nobody : List.of("dana", "vera"))
                assertThat(rebuild(nobody).status()).isEqualTo(403);
            assertThat(rebuild("admin").status()).isEqualTo(202);

            assertThat(ids("admin", "tasks", 9)).hasSize(3);
        }
    }

    @Test
    void refusesWhatIsNotClear() {
        for (var query :
                List.of(
                        "limit=0",
                        "limit=1001",
                        "limit=x",
                        "order=up",
                        "after=x",
                        "after=!!!",
                        "from=yesterday",
                        "until=2026-13-01T00:00:00Z",
                        "name=" + "x".repeat(1_001)))
            for (var what : List.of("tasks", "frameworks")) {
                var reply = get("admin", what + "?" + query);
                assertThat(reply.status()).as(query).isEqualTo(400);
                assertThat(reply.header("Content-Type")).contains("application/problem+json");
            }
    }

    @Test
    void saysThatItCannotAnswerWhileItsTablesAreAway() {
        assertThat(get("admin", "tasks").status()).isEqualTo(200);
        tables.database().run("ALTER TABLE task_history RENAME TO away");

        var reply = get("admin", "tasks");

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isPresent();
        tables.database().run("ALTER TABLE away RENAME TO task_history");
        assertThat(get("admin", "tasks").status()).isEqualTo(200);
    }

    private void launch(ScriptedFramework framework, ScriptedAgent agent, String... ids) {
        var command =
                "\"command\":{\"value\":\"id\",\"user\":\"dana\",\"environment\":{\"variables\":["
                        + "{\"name\":\"X\",\"value\":\""
                        + SECRET
                        + "\"}]}}";
        var tasks = new ArrayList<String>();
        for (var id : ids) tasks.add(Samples.task(id, agent.id(), command));
        framework.launch(framework.offer(), tasks.toArray(String[]::new));
        for (var id : ids)
            framework.await(
                    id + " started",
                    event ->
                            event.getUpdate().getStatus().getTaskId().getValue().equals(id)
                                    && event.getUpdate().getStatus().getState()
                                            == TaskState.TASK_STARTING);
        Await.shortly()
                .until(
                        "all are known to run",
                        () ->
                                master.leadership()
                                        .cluster()
                                        .tasks()
                                        .all()
                                        .allMatch(task -> task.state().name().endsWith("RUNNING")));
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

    private void finds(List<String> ids, String... queries) {
        for (var query : queries)
            assertThat(ids("admin", "tasks?" + query, 100))
                    .as(query)
                    .containsExactlyInAnyOrderElementsOf(ids);
    }

    private List<String> ids(String who, String path, int limit) {
        var ids = new ArrayList<String>();
        var after = "";
        do {
            var page =
                    json(
                            who,
                            path
                                    + (path.contains("?") ? "&" : "?")
                                    + "limit="
                                    + limit
                                    + "&after="
                                    + after);
            for (var each : page.path("tasks")) ids.add(each.path("id").asString());
            after = page.path("next").asString();
        } while (!after.isEmpty());
        return ids;
    }

    private JsonNode json(String who, String path) {
        var reply = get(who, path);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(Long.parseLong(reply.header("Meseta-Sequence").orElseThrow())).isPositive();
        return JSON.readTree(reply.text());
    }

    private RawHttp.Reply rebuild(String who) {
        return as(who).send("POST", ROUTE + "rebuild", new byte[0]);
    }

    private RawHttp.Reply get(String who, String path) {
        return as(who).get(ROUTE + path);
    }

    private RawHttp as(String who) {
        return master.http().as(basic(who));
    }
}
