package io.meseta.master.rights;

import static io.meseta.authorization.SubjectKind.AGENT;
import static io.meseta.authorization.SubjectKind.SERVICE_ACCOUNT;
import static io.meseta.authorization.SubjectKind.USER;
import static io.meseta.platform.testing.StandInBook.basic;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.authorization.starter.StarterPolicies;
import io.meseta.master.testing.OperatorStream;
import io.meseta.master.testing.Samples;
import io.meseta.master.testing.ScriptedAgent;
import io.meseta.master.testing.ScriptedFramework;
import io.meseta.master.testing.TestMaster;
import io.meseta.mesos.v1.TaskState;
import io.meseta.model.Role;
import io.meseta.platform.testing.AuthStandIn;
import io.meseta.testkit.Await;
import io.meseta.testkit.http.RawHttp;
import io.meseta.wire.events.OperatorEvent;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every read that shows executors shows them to those who may see them and their framework.
final class ExecutorSightIT {

    private static final String JSON = "application/json";

    /// What shows only where the executor does.
    private static final String MARK = "./mark-of-the-executor";

    private static final String EXECUTOR =
            "\"executor\":{\"type\":\"CUSTOM\",\"executor_id\":{\"value\":\"own\"},"
                    + "\"name\":\"%s\",\"source\":\"%s\","
                    + "\"command\":{\"value\":\"%s\",\"user\":\"dana\"}}";

    private static final String SEES =
            """
            policy: %s
            rules:
              - id: sees
                effect: allow
                subjects: {groups: [%s]}
                actions: [%s]
            """;

    private static final List<String> PATHS = List.of("/state", "/frameworks", "/master/state");
    private static final List<String> CALLS = List.of("GET_EXECUTORS", "GET_STATE");
    private static final List<String> SEEING = List.of("admin", "vera", "dana");
    private static final List<String> BLIND =
            List.of("otto", "stranger", "frameworks-only", "executors-only");

    private final AuthStandIn auth = new AuthStandIn();
    private TestMaster master;

    @BeforeEach
    void start(@TempDir Path directory) {
        auth.add(USER, "admin", StarterPolicies.ADMINISTRATORS)
                .add(USER, "vera", StarterPolicies.VIEWERS)
                .add(USER, "stranger")
                .add(USER, "frameworks-only", "some")
                .add(USER, "executors-only", "others")
                .add(SERVICE_ACCOUNT, "dana", StarterPolicies.developersOf(new Role("dev")))
                .add(SERVICE_ACCOUNT, "otto", StarterPolicies.developersOf(new Role("ops")))
                .add(AGENT, "agent/1");
        auth.book()
                .policy("dev", StarterPolicies.developer("dev", new Role("dev")))
                .policy("ops", StarterPolicies.developer("ops", new Role("ops")))
                .policy("some", SEES.formatted("some", "some", "VIEW_FRAMEWORK, VIEW_TASK"))
                .policy("others", SEES.formatted("others", "others", "VIEW_EXECUTOR, VIEW_TASK"));
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
    void showsExecutorsToThoseWhoMaySeeThem() {
        try (var agent =
                        ScriptedAgent.hello(
                                as("agent/1"),
                                ScriptedAgent.machine().build(),
                                ScriptedAgent.running());
                var framework = ScriptedFramework.subscribe(as("dana"), Samples.MODERN)) {
            framework.launch(
                    framework.offer(),
                    Samples.task("t1", agent.id(), EXECUTOR.formatted(MARK, MARK, MARK)));
            framework.await(
                    "it runs",
                    event -> event.getUpdate().getStatus().getState() == TaskState.TASK_RUNNING);

            for (var path : PATHS) {
                for (var who : SEEING) assertThat(read(who, path)).as(path + who).contains(MARK);
                for (var who : BLIND)
                    assertThat(read(who, path)).as(path + who).doesNotContain(MARK);
            }
            for (var call : CALLS) {
                for (var who : SEEING) assertThat(call(who, call)).as(call + who).contains(MARK);
                for (var who : BLIND)
                    assertThat(call(who, call)).as(call + who).doesNotContain(MARK);
            }
            for (var who : SEEING) assertThat(snapshot(who)).as(who).contains(MARK);
            for (var who : BLIND) assertThat(snapshot(who)).as(who).doesNotContain(MARK);
        }
    }

    @Test
    void showsNothingOfAFrameworkToThoseWhoMayNotSeeIt() {
        try (var agent =
                        ScriptedAgent.hello(
                                as("agent/1"),
                                ScriptedAgent.machine().build(),
                                ScriptedAgent.running());
                var framework = ScriptedFramework.subscribe(as("dana"), Samples.MODERN)) {
            framework.launch(
                    framework.offer(),
                    Samples.task("t1", agent.id(), EXECUTOR.formatted(MARK, MARK, MARK)));
            framework.await(
                    "it runs",
                    event -> event.getUpdate().getStatus().getState() == TaskState.TASK_RUNNING);

            assertThat(read("executors-only", "/tasks")).doesNotContain("t1");
            assertThat(call("executors-only", "GET_TASKS")).doesNotContain("t1");
            assertThat(read("frameworks-only", "/tasks")).contains("t1");
            assertThat(call("frameworks-only", "GET_TASKS")).contains("t1");
        }
    }

    private String snapshot(String who) {
        try (var stream = OperatorStream.open(as(who), JSON)) {
            stream.await("SUBSCRIBED", OperatorEvent::hasSubscribed);
            return stream.events().toString();
        }
    }

    private String read(String who, String path) {
        return as(who).get(path).text();
    }

    private String call(String who, String type) {
        return as(who).postJson("/api/v1", "{\"type\":\"" + type + "\"}").text();
    }

    private RawHttp as(String name) {
        return master.http().as(basic(name));
    }
}
