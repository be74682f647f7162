package io.meseta.master.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.testing.Samples;
import io.meseta.master.testing.ScriptedAgent;
import io.meseta.master.testing.ScriptedFramework;
import io.meseta.master.testing.TestMaster;
import io.meseta.mesos.recordio.RecordReader;
import io.meseta.mesos.v1.TaskState;
import io.meseta.testkit.Await;
import io.meseta.testkit.http.RawHttp;
import io.meseta.wire.agent.AgentCall;
import io.meseta.wire.agent.Goodbye;
import io.meseta.wire.agent.Hello;
import io.meseta.wire.agent.MasterMessage;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class UpkeepIT {

    private static final String LINK = "/api/meseta/v1/agent-link";

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
    void showsADeactivatedAgentAsOne() {
        try (var agent = agent()) {
            var id = agent.id();

            assertThat(call("DEACTIVATE_AGENT", "deactivate_agent", id, "").status())
                    .isEqualTo(200);

            assertThat(http.postJson("/api/v1", "{\"type\":\"GET_AGENTS\"}").text())
                    .contains("\"active\":false")
                    .contains("\"deactivated\":true");
            assertThat(http.get("/state").text())
                    .contains("\"activated_slaves\":0.0,\"deactivated_slaves\":1.0");
            assertThat(http.get("/slaves").text())
                    .contains("\"active\":false,\"deactivated\":true");
        }
    }

    @Test
    void drainsAnAgentAndCallsItOff() {
        try (var agent = agent();
                var framework = ScriptedFramework.subscribe(http, Samples.MODERN)) {
            var id = agent.id();
            framework.launch(framework.offer(), Samples.task("t", id));
            framework.await(
                    "it runs",
                    event -> event.getUpdate().getStatus().getState() == TaskState.TASK_RUNNING);

            var drain =
                    call("DRAIN_AGENT", "drain_agent", id, ",\"max_grace_period\":{\"seconds\":3}");

            assertThat(drain.status()).isEqualTo(200);
            var told = agent.await("it is told", MasterMessage::hasDrain).getDrain();
            assertThat(told.getGraceMaxMs()).isEqualTo(3_000);
            assertThat(http.postJson("/api/v1", "{\"type\":\"GET_AGENTS\"}").text())
                    .contains(
                            "\"drain_info\":{\"state\":\"DRAINING\","
                                    + "\"config\":{\"max_grace_period\""
                                    + ":{\"nanoseconds\":3000000000},\"mark_gone\":false}}");
            assertThat(http.get("/slaves").text())
                    .contains("\"drain_info\":{\"state\":\"DRAINING\"")
                    .contains("\"estimated_drain_start_time_seconds\":");

            var cancel = "/api/meseta/v1/agents/" + id + ":cancel-drain";
            assertThat(http.send("POST", cancel, new byte[0]).status()).isEqualTo(202);
            agent.await("it is over", each -> each.hasDrain() && each.getDrain().getIsOver());
            assertThat(http.send("POST", cancel, new byte[0]).status()).isEqualTo(409);
            assertThat(
                            http.send(
                                            "POST",
                                            "/api/meseta/v1/agents/nobody:cancel-drain",
                                            new byte[0])
                                    .status())
                    .isEqualTo(404);
            framework.offer();
        }
    }

    @Test
    void refusesAGraceThatIsNoDuration() {
        try (var agent = agent()) {
            var grace = ",\"max_grace_period\":{\"seconds\":%s,\"nanos\":%s}";

            for (var bad :
                    new String[] {
                        grace.formatted("9223372036854775807", "0"),
                        grace.formatted("315576000001", "0"),
                        grace.formatted("1", "1000000000")
                    }) {
                var reply = call("DRAIN_AGENT", "drain_agent", agent.id(), bad);
                assertThat(reply.status()).as(bad).isEqualTo(400);
                assertThat(reply.text()).contains("Expecting 'max_grace_period' to be a duration");
            }
            assertThat(
                            call(
                                            "DRAIN_AGENT",
                                            "drain_agent",
                                            agent.id(),
                                            grace.formatted("315576000000", "999999999"))
                                    .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void sendsAnAgentAwayThatIsGone() throws IOException {
        try (var agent = agent()) {
            var id = agent.id();

            assertThat(call("MARK_AGENT_GONE", "mark_agent_gone", id, "").status()).isEqualTo(200);

            var goodbye = agent.await("goodbye", MasterMessage::hasGoodbye).getGoodbye();
            assertThat(goodbye.getThen()).isEqualTo(Goodbye.Then.STAY_AWAY);
            Await.shortly().until("its link has ended", agent::isEnded);
            assertThat(call("MARK_AGENT_GONE", "mark_agent_gone", id, "").status()).isEqualTo(200);
            assertThat(hello(id)).isEqualTo(Goodbye.Then.STAY_AWAY);
        }
    }

    @Test
    void keepsAnAgentOutWhileItsMachineIsDown() {
        var machine = "[{\"hostname\":\"127.0.0.1\",\"ip\":\"127.0.0.1\"}]";
        try (var agent = agent()) {
            var id = agent.id();
            var schedule =
                    "{\"windows\":[{\"machine_ids\":"
                            + machine
                            + ",\"unavailability\":{\"start\":{\"nanoseconds\":5}}}]}";
            assertThat(http.postJson("/maintenance/schedule", schedule).status()).isEqualTo(200);

            assertThat(http.postJson("/machine/down", machine).status()).isEqualTo(200);

            var goodbye = agent.await("goodbye", MasterMessage::hasGoodbye).getGoodbye();
            assertThat(goodbye.getThen()).isEqualTo(Goodbye.Then.END_TASKS);
            assertThat(http.get("/maintenance/status").text())
                    .isEqualTo("{\"down_machines\":" + machine + "}");
            var refused = post(ScriptedAgent.machine().build());
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.text()).isEqualTo("This agent's machine is under maintenance");

            assertThat(http.postJson("/master/machine/up", machine).status()).isEqualTo(200);
            try (var again = agent()) {
                assertThat(again.id()).isNotEqualTo(id);
            }
        }
    }

    @Test
    void refusesAGraceThatIsNegative() {
        try (var agent = agent()) {
            var grace = ",\"max_grace_period\":{\"seconds\":-1}";

            assertThat(call("DRAIN_AGENT", "drain_agent", agent.id(), grace).status())
                    .isEqualTo(400);
        }
    }

    private ScriptedAgent agent() {
        return ScriptedAgent.hello(http, ScriptedAgent.machine().build(), ScriptedAgent.running());
    }

    private Goodbye.Then hello(String id) throws IOException {
        var hello =
                ScriptedAgent.machine()
                        .setAgentId(io.meseta.mesos.v1.AgentID.newBuilder().setValue(id))
                        .build();
        var reply = post(hello);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Meseta-Stream-Id")).isPresent();
        try (var records =
                new RecordReader(new java.io.ByteArrayInputStream(reply.body()), 1 << 20)) {
            return MasterMessage.parseFrom(records.next().orElseThrow()).getGoodbye().getThen();
        }
    }

    private RawHttp.Reply post(Hello hello) {
        var call = AgentCall.newBuilder().setHello(hello).build();
        return http.send("POST", LINK, call.toByteArray(), "Content-Type: application/x-protobuf");
    }

    private RawHttp.Reply call(String type, String part, String agent, String more) {
        return http.postJson(
                "/api/v1",
                "{\"type\":\"%s\",\"%s\":{\"agent_id\":{\"value\":\"%s\"}%s}}"
                        .formatted(type, part, agent, more));
    }
}
