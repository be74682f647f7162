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
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.Resource.ReservationInfo;
import io.meseta.model.Role;
import io.meseta.platform.testing.AuthStandIn;
import io.meseta.testkit.Await;
import io.meseta.testkit.http.RawHttp;
import io.meseta.wire.agent.Hello;
import io.meseta.wire.events.OperatorEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is reserved for a role, and who runs in it, is hidden from those who may not see the role.
final class HiddenRolesIT {

    private static final String JSON = "application/json";
    private static final String PROTOBUF = "application/x-protobuf";
    private static final String ALL = "Meseta-Events: agents, operations";

    /// A size that nothing else has: where it shows, the reservation does.
    private static final String SIZE = "777.0";

    private final AuthStandIn auth = new AuthStandIn();
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
    void leavesOutWhatIsReservedForThem() {
        try (var agent = ScriptedAgent.hello(as("agent/1"), machine())) {
            assertThat(agent.id()).isNotEmpty();
            for (var path : List.of("/slaves", "/state", "/state-summary")) {
                assertThat(as("otto").get(path).text()).as(path).doesNotContain("\"dev\"");
                assertThat(as("dana").get(path).text()).as(path).contains("\"dev\"");
                assertThat(as("vera").get(path).text()).as(path).contains("\"dev\"");
            }
            var registry = "/registrar(1)/registry";
            assertThat(as("otto").get(registry).text()).contains(agent.id()).doesNotContain(SIZE);
            assertThat(as("dana").get(registry).text()).contains(SIZE);
            for (var call : List.of("GET_AGENTS", "GET_STATE")) {
                assertThat(call("otto", call)).as(call).contains(agent.id()).doesNotContain(SIZE);
                assertThat(call("dana", call)).as(call).contains(agent.id(), SIZE);
                assertThat(call("vera", call)).as(call).contains(SIZE);
            }
        }
    }

    @Test
    void tellsNothingOfThemOnTheStream() {
        try (var otto = open("otto", JSON);
                var dana = open("dana", PROTOBUF);
                var vera = open("vera", JSON)) {
            for (var each : List.of(otto, dana, vera))
                each.await("SUBSCRIBED", OperatorEvent::hasSubscribed);
            try (var agent =
                            ScriptedAgent.hello(as("agent/1"), machine(), ScriptedAgent.running());
                    var framework = ScriptedFramework.subscribe(as("dana"), Samples.MODERN)) {
                framework.launch(
                        framework.offer(),
                        Samples.task(
                                "t1",
                                agent.id(),
                                "\"command\":{\"value\":\"id\",\"user\":\"dana\"}"));
                for (var each : List.of(dana, vera)) {
                    each.await("the task", OperatorEvent::hasTaskUpdated);
                    assertThat(each.events().toString()).contains("dev");
                }
                var added = otto.await("the agent", OperatorEvent::hasAgentAdded);

                assertThat(added.getAgentAdded().getAgent().getTotalResourcesList())
                        .isNotEmpty()
                        .allMatch(resource -> resource.getReservationsCount() == 0);
                try (var late = open("otto", PROTOBUF)) {
                    late.await("SUBSCRIBED", OperatorEvent::hasSubscribed);
                    assertThat(late.events().toString()).doesNotContain("dev", framework.id());
                }
                try (var again = open("otto", JSON, "Meseta-Resume-After: 0")) {
                    again.await("RESUMED", OperatorEvent::hasResumed);
                    assertThat(again.events().toString()).doesNotContain("dev", framework.id());
                }
                assertThat(otto.events().toString()).doesNotContain("dev", framework.id());
            }
        }
    }

    private static Hello machine() {
        var machine = ScriptedAgent.machine();
        machine.getAgentInfoBuilder().addResources(reserved());
        return machine.build();
    }

    private static Resource reserved() {
        return Samples.scalar("mem", 777).toBuilder()
                .addReservations(
                        ReservationInfo.newBuilder()
                                .setType(ReservationInfo.Type.STATIC)
                                .setRole("dev"))
                .build();
    }

    private OperatorStream open(String name, String type, String... headers) {
        var all = new ArrayList<>(List.of(headers));
        all.add(ALL);
        return OperatorStream.open(as(name), type, all.toArray(String[]::new));
    }

    private RawHttp as(String name) {
        return master.http().as(basic(name));
    }

    private String call(String name, String type) {
        return as(name).postJson("/api/v1", "{\"type\":\"" + type + "\"}").text();
    }
}
