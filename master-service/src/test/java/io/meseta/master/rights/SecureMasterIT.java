package io.meseta.master.rights;

import static io.meseta.authorization.SubjectKind.AGENT;
import static io.meseta.authorization.SubjectKind.SERVICE_ACCOUNT;
import static io.meseta.authorization.SubjectKind.USER;
import static io.meseta.platform.testing.StandInBook.basic;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.authorization.starter.StarterPolicies;
import io.meseta.master.testing.Samples;
import io.meseta.master.testing.ScriptedAgent;
import io.meseta.master.testing.ScriptedFramework;
import io.meseta.master.testing.TestMaster;
import io.meseta.mesos.v1.AgentID;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.model.Role;
import io.meseta.platform.testing.AuthStandIn;
import io.meseta.testkit.Await;
import io.meseta.testkit.http.RawHttp;
import io.meseta.wire.agent.AgentCall;
import io.meseta.wire.agent.Hello;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A master that asks who calls.
final class SecureMasterIT {

    private static final String LINK = "/api/meseta/v1/agent-link";

    /// As a framework of this role, and without a word about who owns it.
    private static final String DEV = Samples.MODERN;

    private final AuthStandIn auth = new AuthStandIn();
    private TestMaster master;

    @BeforeEach
    void start(@TempDir Path directory) {
        auth.add(USER, "admin", StarterPolicies.ADMINISTRATORS)
                .add(USER, "vera", StarterPolicies.VIEWERS)
                .add(USER, "stranger")
                .add(SERVICE_ACCOUNT, "dana", StarterPolicies.developersOf(new Role("dev")))
                .add(SERVICE_ACCOUNT, "otto", StarterPolicies.developersOf(new Role("ops")))
                .add(AGENT, "agent/1")
                .add(AGENT, "agent/2");
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
    void asksNobodyInWithoutAName() {
        for (var path :
                List.of(
                        "/state",
                        "/state.json",
                        "/master/state-summary",
                        "/slaves",
                        "/frameworks",
                        "/tasks",
                        "/flags",
                        "/metrics/snapshot",
                        "/api/meseta/v1/tasks",
                        "/actuator/prometheus")) {
            assertThat(master.http().get(path).status()).as(path).isEqualTo(401);
            assertThat(as("nobody" + path).get(path).status()).as(path).isEqualTo(401);
        }
        for (var path :
                List.of("/api/v1", "/master/api/v1", "/api/v1/scheduler", "/teardown", LINK)) {
            var refused = master.http().send("POST", path, new byte[0]);
            assertThat(refused.status()).as(path).isEqualTo(401);
            assertThat(refused.header("WWW-Authenticate")).as(path).isPresent();
        }
        for (var path : List.of("/health", "/version", "/actuator/health/liveness")) {
            assertThat(master.http().get(path).status()).as(path).isEqualTo(200);
            assertThat(as("nobody").get(path).status()).as(path).isEqualTo(200);
        }
        assertThat(master.http().get("/redirect").status()).isEqualTo(307);
        assertThat(master.http().get("/nope").status()).isEqualTo(404);
    }

    @Test
    void ownsAFrameworkByItsPrincipal() {
        try (var framework = ScriptedFramework.subscribe(as("dana"), DEV)) {
            var id = framework.id();
            assertThat(framework.call("REVIVE", "").status()).isEqualTo(202);

            var stolen = revive(as("otto"), id, framework.streamId());

            assertThat(stolen.status()).isEqualTo(400);
            assertThat(stolen.text())
                    .isEqualTo(
                            "Authenticated principal 'otto' does not match principal 'dana' set in"
                                    + " `FrameworkInfo`");
            assertThat(as("admin").get("/frameworks").text()).contains("\"principal\":\"dana\"");
        }
    }

    @Test
    void refusesAFrameworkInAnothersName() {
        var call =
                "{\"type\":\"SUBSCRIBE\",\"subscribe\":{\"framework_info\":"
                        + DEV.replaceFirst("\\{", "{\"principal\":\"otto\",")
                        + "}}";

        var reply = as("dana").postJson("/api/v1/scheduler", call);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text())
                .isEqualTo(
                        "Failed to validate scheduler::Call: Authenticated principal 'dana' does"
                                + " not match principal 'otto' set in `FrameworkInfo`");
    }

    @Test
    void tellsAFrameworkThatItsRoleIsNotItsOwn() {
        try (var framework = ScriptedFramework.subscribe(as("otto"), DEV)) {
            var error = framework.await("ERROR", event -> event.hasError()).getError();

            assertThat(error.getMessage())
                    .startsWith("Not authorized to use roles '{ dev }'")
                    .contains("built-in/default-deny");
            Await.shortly().until("the stream has ended", framework::isEnded);
        }
    }

    @Test
    void letsAFrameworkJoinOnlyRolesThatAreItsOwn() {
        try (var framework = ScriptedFramework.subscribe(as("dana"), DEV)) {
            var id = "{\"id\":{\"value\":\"%s\"},".formatted(framework.id());
            var same = "\"update_framework\":{\"framework_info\":" + DEV + "}";
            var own = same.replaceFirst("\\{\"user\"", id + "\"user\"");

            assertThat(framework.call("UPDATE_FRAMEWORK", own).status()).isEqualTo(200);
            var denied = framework.call("UPDATE_FRAMEWORK", own.replace("\"dev\"", "\"ops\""));
            assertThat(denied.status()).isEqualTo(403);
            assertThat(denied.text())
                    .startsWith("Not authorized to use roles '{ ops }'")
                    .contains("built-in/default-deny");
            assertThat(as("admin").get("/frameworks").text()).contains("\"roles\":[\"dev\"]");
        }
    }

    @Test
    void refusesTasksThatMayNotRun() {
        try (var agent = agent("agent/1", ScriptedAgent.machine().build());
                var framework = ScriptedFramework.subscribe(as("dana"), DEV)) {
            var offer = framework.offer();
            var asRoot = "\"command\":{\"value\":\"id\",\"user\":\"root\"}";
            var asDana = "\"command\":{\"value\":\"id\",\"user\":\"dana\"}";

            framework.launch(
                    offer,
                    Samples.task("bad", agent.id(), asRoot),
                    Samples.task("good", agent.id(), asDana));

            var refused = framework.await("an update of bad", each -> isUpdateOf(each, "bad"));
            assertThat(refused.getUpdate().getStatus().getState()).isEqualTo(TaskState.TASK_ERROR);
            assertThat(refused.getUpdate().getStatus().getReason())
                    .isEqualTo(TaskStatus.Reason.REASON_TASK_UNAUTHORIZED);
            assertThat(refused.getUpdate().getStatus().getMessage()).contains("dev/not-as-root");
            assertThat(
                            framework
                                    .await("an update of good", each -> isUpdateOf(each, "good"))
                                    .getUpdate()
                                    .getStatus()
                                    .getState())
                    .isEqualTo(TaskState.TASK_STARTING);

            assertThat(as("dana").get("/tasks").text()).contains("\"good\"");
            assertThat(as("vera").get("/tasks").text()).contains("\"good\"");
            assertThat(as("otto").get("/tasks").text()).doesNotContain("\"good\"");
            assertThat(as("otto").get("/state").text())
                    .doesNotContain("\"good\"")
                    .doesNotContain(framework.id());
            assertThat(call("otto", "GET_TASKS").text()).doesNotContain("\"good\"");
            assertThat(call("otto", "GET_STATE").text()).doesNotContain(framework.id());
            assertThat(call("dana", "GET_STATE").text()).contains("\"good\"", framework.id());
            assertThat(as("otto").get("/api/meseta/v1/tasks").text()).doesNotContain("good");
            assertThat(as("dana").get("/api/meseta/v1/tasks").text()).contains("good");

            var kill = "/api/meseta/v1/tasks/" + framework.id() + "/good:kill";
            var denied = as("vera").send("POST", kill, new byte[0]);
            assertThat(denied.status()).isEqualTo(403);
            assertThat(denied.text()).contains("\"rule\":\"built-in/default-deny\"");
            assertThat(as("dana").send("POST", kill, new byte[0]).status()).isEqualTo(202);
        }
    }

    @Test
    void letsOnlyThoseTearDownWhoMay() {
        try (var framework = ScriptedFramework.subscribe(as("dana"), DEV)) {
            var form = ("frameworkId=" + framework.id()).getBytes(StandardCharsets.UTF_8);

            var denied = as("vera").send("POST", "/teardown", form);
            assertThat(denied.status()).isEqualTo(403);
            assertThat(denied.text()).isEqualTo("403 Forbidden.");
            assertThat(denied.header("Meseta-Rule")).contains("built-in/default-deny");
            assertThat(
                            as("vera")
                                    .send(
                                            "POST",
                                            "/teardown",
                                            "frameworkId=x".getBytes(StandardCharsets.UTF_8))
                                    .status())
                    .isEqualTo(400);
            assertThat(as("admin").send("POST", "/teardown", form).status()).isEqualTo(200);
        }
    }

    @Test
    void saysThatItAsksCallersWhoTheyAre() {
        for (var whom :
                List.of(
                        "agents",
                        "frameworks",
                        "http_frameworks",
                        "http_readonly",
                        "http_readwrite")) {
            assertThat(as("admin").get("/flags").text())
                    .contains("\"authenticate_" + whom + "\":\"true\"");
        }
    }

    @Test
    void keepsItsSettingsFromViewers() {
        assertThat(as("vera").get("/flags").status()).isEqualTo(403);
        assertThat(call("vera", "GET_FLAGS").status()).isEqualTo(403);
        assertThat(as("vera").get("/state").text()).doesNotContain("\"flags\"");
        assertThat(as("admin").get("/state").text()).contains("\"flags\"");
        assertThat(as("vera").get("/metrics/snapshot").status()).isEqualTo(200);
        assertThat(as("stranger").get("/metrics/snapshot").status()).isEqualTo(403);
    }

    @Test
    void takesAgentsAndNobodyElseForAgents() {
        var hello = ScriptedAgent.machine().build();
        assertThat(hello(as("admin"), hello).status()).isEqualTo(200);
        assertThat(hello(as("dana"), hello).status()).isEqualTo(403);
        assertThat(hello(as("stranger"), hello).status()).isEqualTo(403);
    }

    @Test
    void leavesAnAgentToWhoeverItCameAs() {
        String id;
        try (var agent = agent("agent/1", ScriptedAgent.machine().build())) {
            id = agent.id();
            var beat =
                    AgentCall.newBuilder()
                            .setHeartbeat(io.meseta.wire.agent.Heartbeat.getDefaultInstance())
                            .build();
            var foreign =
                    as("agent/2")
                            .send(
                                    "POST",
                                    LINK,
                                    beat.toByteArray(),
                                    "Content-Type: application/x-protobuf",
                                    "Meseta-Stream-Id: " + agent.linkId());
            assertThat(foreign.status()).isEqualTo(409);
            assertThat(agent.beat().status()).isEqualTo(202);
        }
        var again = ScriptedAgent.machine().setAgentId(AgentID.newBuilder().setValue(id)).build();
        var thief = hello(as("agent/2"), again);
        assertThat(thief.status()).isEqualTo(403);
        assertThat(thief.header("Meseta-Rule")).contains("built-in/agent-of-another");
        try (var agent = agent("agent/1", again)) {
            assertThat(agent.id()).isEqualTo(id);
        }
    }

    @Test
    void hangsUpOnWhoHasBeenRevoked() {
        try (var framework = ScriptedFramework.subscribe(as("dana"), DEV);
                var other = ScriptedFramework.subscribe(as("admin"), DEV)) {
            framework.id();
            other.id();

            auth.book().remove("dana");
            auth.publish();

            Await.shortly().until("the stream has ended", framework::isEnded);
            assertThat(other.isEnded()).isFalse();
            assertThat(as("dana").get("/state").status()).isEqualTo(401);
        }
    }

    private RawHttp as(String name) {
        return master.http().as(basic(name));
    }

    private RawHttp.Reply call(String name, String type) {
        return as(name).postJson("/api/v1", "{\"type\":\"" + type + "\"}");
    }

    private ScriptedAgent agent(String name, Hello hello) {
        return ScriptedAgent.hello(as(name), hello, ScriptedAgent.running());
    }

    /// The head of the answer to a hello.
    private static RawHttp.Reply hello(RawHttp http, Hello hello) {
        var call = AgentCall.newBuilder().setHello(hello).build();
        try (var flow =
                http.open(
                        "POST", LINK, call.toByteArray(), "Content-Type: application/x-protobuf")) {
            return flow.head();
        }
    }

    private static RawHttp.Reply revive(RawHttp http, String framework, String stream) {
        return http.postJson(
                "/api/v1/scheduler",
                "{\"type\":\"REVIVE\",\"framework_id\":{\"value\":\"" + framework + "\"}}",
                "Mesos-Stream-Id: " + stream);
    }

    private static boolean isUpdateOf(io.meseta.mesos.v1.scheduler.Event event, String task) {
        return event.hasUpdate()
                && event.getUpdate().getStatus().getTaskId().getValue().equals(task);
    }
}
