package io.meseta.master.maintenance;

import static io.meseta.authorization.SubjectKind.AGENT;
import static io.meseta.authorization.SubjectKind.USER;
import static io.meseta.platform.testing.StandInBook.basic;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.authorization.starter.StarterPolicies;
import io.meseta.master.testing.ScriptedAgent;
import io.meseta.master.testing.TestMaster;
import io.meseta.platform.testing.AuthStandIn;
import io.meseta.testkit.Await;
import io.meseta.testkit.http.RawHttp;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each wish is one who has the right to it may have, and nobody else.
final class UpkeepRightsIT {

    private static final String POLICY =
            """
            policy: keeper
            rules:
              - id: keeps-one-machine
                effect: allow
                subjects: {principals: [keeper]}
                actions: [UPDATE_MAINTENANCE_SCHEDULE, START_MAINTENANCE, STOP_MAINTENANCE]
                targets: {machine: mine}
              - id: sees-one-machine
                effect: allow
                subjects: {principals: [keeper]}
                actions: [GET_MAINTENANCE_SCHEDULE, GET_MAINTENANCE_STATUS]
                targets: {machine: mine}
              - id: drains
                effect: allow
                subjects: {principals: [keeper]}
                actions: [DRAIN_AGENT]
            """;

    private final AuthStandIn auth = new AuthStandIn();
    private TestMaster master;

    @BeforeEach
    void start(@TempDir Path directory) {
        auth.add(USER, "admin", StarterPolicies.ADMINISTRATORS)
                .add(USER, "keeper")
                .add(USER, "stranger")
                .add(AGENT, "agent/1");
        auth.book().policy("keeper", POLICY);
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
    void asksForEachWishSeparately() {
        try (var agent =
                ScriptedAgent.hello(as("agent/1"), ScriptedAgent.machine().build(), _ -> {})) {
            var id = agent.id();
            for (var type :
                    List.of(
                            "DEACTIVATE_AGENT",
                            "REACTIVATE_AGENT",
                            "DRAIN_AGENT",
                            "MARK_AGENT_GONE"))
                assertThat(wish("stranger", type, id, "").status()).as(type).isEqualTo(403);
            assertThat(
                            as("stranger")
                                    .send(
                                            "POST",
                                            "/api/meseta/v1/agents/" + id + ":cancel-drain",
                                            new byte[0])
                                    .status())
                    .isEqualTo(403);

            assertThat(wish("keeper", "DEACTIVATE_AGENT", id, "").status()).isEqualTo(403);
            assertThat(wish("keeper", "DRAIN_AGENT", id, ",\"mark_gone\":true").status())
                    .isEqualTo(403);
            assertThat(wish("keeper", "DRAIN_AGENT", id, "").status()).isEqualTo(200);
            for (var type : List.of("REACTIVATE_AGENT", "DEACTIVATE_AGENT", "MARK_AGENT_GONE"))
                assertThat(wish("admin", type, id, "").status()).as(type).isEqualTo(200);
        }
    }

    @Test
    void asksForEachMachineOfASchedule() {
        assertThat(schedule("keeper", "mine").status()).isEqualTo(200);
        assertThat(schedule("keeper", "yours").status()).isEqualTo(403);
        assertThat(schedule("admin", "yours").status()).isEqualTo(200);
        // It would take a machine out that is none of the keeper's.
        assertThat(schedule("keeper", "mine").status()).isEqualTo(403);
        assertThat(machines("keeper", "down", "yours").status()).isEqualTo(403);
        assertThat(machines("admin", "down", "yours").status()).isEqualTo(200);
        assertThat(machines("keeper", "up", "yours").status()).isEqualTo(403);
    }

    @Test
    void showsOnlyMachinesThatMayBeSeen() {
        var both =
                "{\"windows\":[{\"machine_ids\":[{\"hostname\":\"mine\"},{\"hostname\":\"yours\"}],"
                        + "\"unavailability\":{\"start\":{\"nanoseconds\":1}}}]}";
        assertThat(as("admin").postJson("/maintenance/schedule", both).status()).isEqualTo(200);

        assertThat(as("admin").get("/maintenance/schedule").text()).contains("yours");
        assertThat(as("keeper").get("/maintenance/schedule").text())
                .contains("mine")
                .doesNotContain("yours");
        assertThat(as("keeper").get("/maintenance/status").text())
                .contains("mine")
                .doesNotContain("yours");
        assertThat(as("stranger").get("/maintenance/schedule").text()).isEqualTo("{}");
        assertThat(master.http().get("/maintenance/schedule").status()).isEqualTo(401);
    }

    private RawHttp as(String name) {
        return master.http().as(basic(name));
    }

    private RawHttp.Reply wish(String who, String type, String agent, String more) {
        return as(who).postJson(
                        "/api/v1",
                        "{\"type\":\"%s\",\"%s\":{\"agent_id\":{\"value\":\"%s\"}%s}}"
                                .formatted(
                                        type,
                                        type.toLowerCase(java.util.Locale.ROOT),
                                        agent,
                                        more));
    }

    private RawHttp.Reply schedule(String who, String machine) {
        return as(who).postJson(
                        "/maintenance/schedule",
                        ("{\"windows\":[{\"machine_ids\":[{\"hostname\":\"%s\"}],"
                                        + "\"unavailability\":{\"start\":{\"nanoseconds\":1}}}]}")
                                .formatted(machine));
    }

    private RawHttp.Reply machines(String who, String where, String machine) {
        return as(who).postJson("/machine/" + where, "[{\"hostname\":\"" + machine + "\"}]");
    }
}
