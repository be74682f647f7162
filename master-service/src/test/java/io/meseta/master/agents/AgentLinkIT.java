package io.meseta.master.agents;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.leadership.Leadership;
import io.meseta.master.testing.Samples;
import io.meseta.master.testing.ScriptedAgent;
import io.meseta.master.testing.ScriptedFramework;
import io.meseta.master.testing.TestMaster;
import io.meseta.mesos.v1.AgentID;
import io.meseta.mesos.v1.FrameworkID;
import io.meseta.mesos.v1.TaskID;
import io.meseta.mesos.v1.TaskState;
import io.meseta.testkit.Await;
import io.meseta.testkit.http.RawHttp;
import io.meseta.wire.agent.AgentCall;
import io.meseta.wire.agent.Heartbeat;
import io.meseta.wire.agent.Hello;
import io.meseta.wire.agent.MasterMessage;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class AgentLinkIT {

    private static final String ROUTE = "/api/meseta/v1/agent-link";
    private static final String PROTOBUF = "Content-Type: application/x-protobuf";

    private static TestMaster master;
    private static RawHttp http;

    @BeforeAll
    static void start() {
        master = TestMaster.start("meseta.master.links.heartbeat-interval=200ms");
        http = master.http();
    }

    @AfterAll
    static void stop() {
        master.close();
    }

    @Test
    void welcomesAnAgentAndKnowsItAgain() {
        String id;
        try (var agent = ScriptedAgent.hello(http, ScriptedAgent.machine().build())) {
            id = agent.id();
            var welcome = agent.await("a welcome", MasterMessage::hasWelcome).getWelcome();
            assertThat(welcome.getEpoch()).isPositive();
            assertThat(welcome.getHeartbeatIntervalMs()).isEqualTo(200);
        }
        var named = ScriptedAgent.machine().setAgentId(AgentID.newBuilder().setValue(id)).build();
        try (var again = ScriptedAgent.hello(http, named)) {
            assertThat(again.id()).isEqualTo(id);
        }
    }

    @Test
    void makesOneAgentOfAFirstHelloThatIsSaidTwice() {
        var joining = ByteString.fromHex("01020304050647088908070605040302");
        var first = ScriptedAgent.machine().setJoining(joining).build();
        String id;
        try (var unheard = ScriptedAgent.hello(http, first)) {
            id = unheard.id();
        }
        try (var again = ScriptedAgent.hello(http, first)) {
            assertThat(again.id())
                    .isEqualTo(id)
                    .isEqualTo("01020304-0506-4708-8908-070605040302-S0");
        }
        refuses(
                ScriptedAgent.machine().setJoining(ByteString.copyFromUtf8("short")),
                "Not a valid UUID");
    }

    @Test
    void pingsAnAgentAndKeepsItWhileItBeats() {
        try (var agent = ScriptedAgent.hello(http, ScriptedAgent.machine().build())) {
            Await.shortly()
                    .until(
                            "many pings have come",
                            () -> {
                                assertThat(agent.beat().status()).isEqualTo(202);
                                return agent.heard().stream().filter(MasterMessage::hasPing).count()
                                        >= 8;
                            });
            assertThat(agent.isEnded()).isFalse();
        }
    }

    @Test
    void givesUpAnAgentThatIsSilentForFiveIntervals() {
        try (var agent = ScriptedAgent.hello(http, ScriptedAgent.machine().build())) {
            var id = agent.id();
            agent.await("a goodbye", MasterMessage::hasGoodbye);

            Await.shortly().until("the cluster has heard of it", () -> !isLinked(id));
            assertThat(agent.beat().status()).isEqualTo(409);
        }
    }

    @Test
    void noticesAnAgentThatHangsUp() {
        var agent = ScriptedAgent.hello(http, ScriptedAgent.machine().build());
        var id = agent.id();
        assertThat(isLinked(id)).isTrue();

        agent.close();

        Await.shortly().until("the cluster has heard of it", () -> !isLinked(id));
    }

    @Test
    void letsANewerLinkTakeTheOlderOnesPlace() {
        try (var older = ScriptedAgent.hello(http, ScriptedAgent.machine().build())) {
            var named =
                    ScriptedAgent.machine()
                            .setAgentId(AgentID.newBuilder().setValue(older.id()))
                            .build();
            try (var newer = ScriptedAgent.hello(http, named)) {
                newer.id();
                beating(newer);
                older.await("a goodbye", MasterMessage::hasGoodbye);
                Await.shortly().until("the older link has ended", older::isEnded);
                assertThat(isLinked(newer.id())).isTrue();
            }
        }
    }

    @Test
    void asksAnAgentThatHasSeenALaterEpochToWait() {
        var hello = ScriptedAgent.machine().setEpochSeen(1_000).build();

        var reply = post(AgentCall.newBuilder().setHello(hello).build());

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isPresent();
        assertThat(master.leadership().behind()).contains(new Epoch(1_000));
    }

    @Test
    void takesManyReportsAtOnceInTheirOrder() {
        try (var agent = ScriptedAgent.hello(http, ScriptedAgent.machine().build());
                var framework = ScriptedFramework.subscribe(http, Samples.MODERN)) {
            beating(agent);
            framework.launch(framework.offer(), Samples.task("many", agent.id()));
            agent.await("the launch", message -> message.getOrder().hasLaunch());
            var id = FrameworkID.newBuilder().setValue(framework.id()).build();
            var task = TaskID.newBuilder().setValue("many").build();

            var reply =
                    agent.send(
                            agent.status(id, task, TaskState.TASK_STARTING, UUID.randomUUID()),
                            agent.status(id, task, TaskState.TASK_RUNNING, UUID.randomUUID()),
                            agent.status(id, task, TaskState.TASK_FAILED, UUID.randomUUID()));

            assertThat(reply.status()).isEqualTo(202);
            Await.shortly()
                    .passes(
                            "all three have come",
                            () ->
                                    assertThat(framework.events())
                                            .filteredOn(event -> event.hasUpdate())
                                            .extracting(event ->
                                                    event.getUpdate().getStatus().getState())
                                            .containsExactly(
                                                    TaskState.TASK_STARTING,
                                                    TaskState.TASK_RUNNING,
                                                    TaskState.TASK_FAILED));
        }
    }

    @Test
    void tellsAnAgentToSayHelloIfItsLinkIsUnknown() {
        var beat = AgentCall.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()).build();

        assertThat(post(beat, "Meseta-Stream-Id: nope").status()).isEqualTo(409);
        assertThat(post(beat, "Meseta-Stream-Id: " + "x".repeat(5_000)).status()).isEqualTo(409);
        assertThat(post(beat).status()).isEqualTo(400);
    }

    @Test
    void refusesWhatIsNoCallOfAnAgent() {
        assertThat(http.get(ROUTE).status()).isEqualTo(405);
        assertThat(http.postJson(ROUTE, "{}").status()).isEqualTo(415);
        assertThat(http.send("POST", ROUTE, new byte[] {1, 2, 3}, PROTOBUF).status())
                .isEqualTo(400);
        assertThat(post(AgentCall.getDefaultInstance()).status()).isEqualTo(400);
    }

    @Test
    void refusesAHelloThatMakesNoSense() {
        refuses(Hello.newBuilder(), "Expecting 'agent_info' to be present");
        refuses(
                ScriptedAgent.machine().setAgentId(AgentID.newBuilder().setValue("a/b")),
                "'a/b' contains invalid characters");
        var negative = ScriptedAgent.machine();
        negative.getAgentInfoBuilder().addResources(Samples.scalar("cpus", -1));
        refuses(negative, "Resource 'cpus:-1' is invalid: Invalid scalar resource: value <= 0");
        var portless = ScriptedAgent.machine();
        portless.getAgentInfoBuilder().setPort(70_000);
        refuses(portless, "Expecting 'agent_info.port' to be a port");
    }

    @Test
    void refusesAReportWithoutAProperUuid() {
        try (var agent = ScriptedAgent.hello(http, ScriptedAgent.machine().build())) {
            beating(agent);
            var id = FrameworkID.newBuilder().setValue("f").build();
            var task = TaskID.newBuilder().setValue("t").build();
            var update = agent.status(id, task, TaskState.TASK_RUNNING, UUID.randomUUID());
            var bad = update.toBuilder();
            bad.getStatusBuilder().setUuid(ByteString.copyFromUtf8("short"));

            assertThat(agent.send(bad.build()).status()).isEqualTo(400);
            assertThat(agent.send(update).status()).isEqualTo(202);
        }
    }

    @Test
    void sendsAnAgentToTheLeader() {
        try (var other = TestMaster.start()) {
            other.leadership()
                    .become(
                            new Leadership.Role.Following(
                                    new Leadership.Address("10.0.0.1", 5050), new Epoch(7)));
            var reply =
                    other.http()
                            .send(
                                    "POST",
                                    ROUTE,
                                    AgentCall.newBuilder()
                                            .setHello(ScriptedAgent.machine())
                                            .build()
                                            .toByteArray(),
                                    PROTOBUF);
            assertThat(reply.status()).isEqualTo(307);
            assertThat(reply.header("Location")).contains("//10.0.0.1:5050" + ROUTE);
        }
    }

    private static void beating(ScriptedAgent agent) {
        var _ =
                Thread.ofVirtual()
                        .start(() -> {
                            while (!agent.isEnded() && agent.beat().status() == 202)
                                java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
                        });
    }

    private static void refuses(Hello.Builder hello, String complaint) {
        var reply = post(AgentCall.newBuilder().setHello(hello).build());
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).isEqualTo(complaint);
    }

    private static RawHttp.Reply post(AgentCall call, String... headers) {
        var all = new String[headers.length + 1];
        all[0] = PROTOBUF;
        System.arraycopy(headers, 0, all, 1, headers.length);
        return http.send("POST", ROUTE, call.toByteArray(), all);
    }

    private static boolean isLinked(String agent) {
        return master.leadership().cluster().agents().values().stream()
                .anyMatch(each -> each.id().value().equals(agent) && each.isLinked());
    }
}
