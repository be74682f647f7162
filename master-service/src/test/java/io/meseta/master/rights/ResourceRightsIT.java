package io.meseta.master.rights;

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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may have what done to resources.
final class ResourceRightsIT {

    private static final String POLICY =
            """
            policy: resources
            rules:
              - id: dana-reserves
                effect: allow
                subjects: {principals: [dana]}
                actions: [RESERVE_RESOURCES, CREATE_VOLUME]
                targets: {role: dev}
              - id: dana-releases
                effect: allow
                subjects: {principals: [dana]}
                actions: [UNRESERVE_RESOURCES, DESTROY_VOLUME]
                targets: {principal: dana}
              - id: rita-resizes
                effect: allow
                subjects: {principals: [rita]}
                actions: [RESIZE_VOLUME]
                targets: {role: dev}
              - id: upd-reserves
                effect: allow
                subjects: {principals: [upd]}
                actions: [RESERVE_RESOURCES]
                targets: {role: ops}
            """;

    private final AuthStandIn auth = new AuthStandIn();
    private TestMaster master;
    private ScriptedAgent agent;

    @BeforeEach
    void start(@TempDir Path directory) {
        auth.add(USER, "admin", StarterPolicies.ADMINISTRATORS)
                .add(USER, "dana")
                .add(USER, "rita")
                .add(USER, "upd")
                .add(USER, "stranger")
                .add(AGENT, "agent/1");
        auth.book().policy("resources", POLICY);
        master = TestMaster.startSecure(auth.settings(directory, "meseta-master"));
        Await.shortly()
                .until("the bundle is there", () -> as("admin").get("/flags").status() == 200);
        agent =
                ScriptedAgent.hello(
                        as("agent/1"), ScriptedAgent.machine().build(), ScriptedAgent.running());
    }

    @AfterEach
    void stop() {
        agent.close();
        master.close();
        auth.close();
    }

    private RawHttp as(String name) {
        return master.http().as(basic(name));
    }

    private static String reserved(String name, double value, String role, String principal) {
        return ("{\"name\":\"%s\",\"type\":\"SCALAR\",\"scalar\":{\"value\":%s},\"reservations\":["
                        + "{\"type\":\"DYNAMIC\",\"role\":\"%s\",\"principal\":\"%s\"}]}")
                .formatted(name, value, role, principal);
    }

    private static String volume(double size) {
        return reserved("disk", size, "dev", "dana")
                .replaceFirst(
                        "}$",
                        ",\"disk\":{\"persistence\":{\"id\":\"v\",\"principal\":\"dana\"},"
                                + "\"volume\":{\"container_path\":\"d\",\"mode\":\"RW\"}}}");
    }

    private int call(String name, String type, String members) {
        return as(name).postJson(
                        "/api/v1",
                        "{\"type\":\"%s\",\"%s\":{\"agent_id\":{\"value\":\"%s\"},%s}}"
                                .formatted(
                                        type, type.toLowerCase(Locale.ROOT), agent.id(), members))
                .status();
    }

    private int reserve(String name, String resource) {
        return call(name, "RESERVE_RESOURCES", "\"resources\":[" + resource + "]");
    }

    @Test
    void reservesForRolesThatAreTheCallers() {
        assertThat(reserve("dana", reserved("cpus", 1, "dev", "dana"))).isEqualTo(202);
        assertThat(reserve("dana", reserved("cpus", 1, "ops", "dana"))).isEqualTo(403);
        assertThat(reserve("stranger", reserved("cpus", 1, "dev", "stranger"))).isEqualTo(403);
        assertThat(master.http().postJson("/api/v1", "{\"type\":\"RESERVE_RESOURCES\"}").status())
                .isEqualTo(401);
    }

    @Test
    void reservesInNobodyElsesName() {
        assertThat(reserve("dana", reserved("cpus", 1, "dev", "otto"))).isEqualTo(400);
    }

    @Test
    void releasesWhatItsOwnPrincipalReserved() {
        reserve("dana", reserved("cpus", 1, "dev", "dana"));
        var resources = "\"resources\":[" + reserved("cpus", 1, "dev", "dana") + "]";

        assertThat(call("rita", "UNRESERVE_RESOURCES", resources)).isEqualTo(403);
        assertThat(call("dana", "UNRESERVE_RESOURCES", resources)).isEqualTo(202);
    }

    @Test
    void updatesOnlyWithTheRightToReleaseToo() {
        reserve("dana", reserved("cpus", 1, "dev", "dana"));
        var update =
                "\"source\":[%s],\"resources\":[%s]"
                        .formatted(
                                reserved("cpus", 1, "dev", "dana"),
                                reserved("cpus", 1, "ops", "%s"));

        assertThat(call("upd", "RESERVE_RESOURCES", update.formatted("upd"))).isEqualTo(403);
        assertThat(call("dana", "RESERVE_RESOURCES", update.formatted("dana"))).isEqualTo(403);
        assertThat(call("admin", "RESERVE_RESOURCES", update.formatted("admin"))).isEqualTo(202);
    }

    @Test
    void asksForEachThingThatIsDoneToAVolume() {
        reserve("dana", reserved("disk", 100, "dev", "dana"));
        var volumes = "\"volumes\":[" + volume(50) + "]";
        var more =
                "\"volume\":%s,\"addition\":%s"
                        .formatted(volume(50), reserved("disk", 10, "dev", "dana"));

        assertThat(call("stranger", "CREATE_VOLUMES", volumes)).isIn(400, 403);
        assertThat(call("dana", "CREATE_VOLUMES", volumes)).isEqualTo(202);
        assertThat(call("dana", "GROW_VOLUME", more)).isEqualTo(403);
        assertThat(call("rita", "GROW_VOLUME", more)).isEqualTo(202);
        assertThat(
                        call(
                                "rita",
                                "SHRINK_VOLUME",
                                "\"volume\":" + volume(60) + ",\"subtract\":{\"value\":10}"))
                .isEqualTo(202);
        assertThat(call("rita", "DESTROY_VOLUMES", volumes)).isEqualTo(403);
        assertThat(call("dana", "DESTROY_VOLUMES", volumes)).isEqualTo(202);
    }

    @Test
    void asksTheSameOfForms() {
        var form =
                "slaveId=%s&resources=%s"
                        .formatted(
                                agent.id(),
                                URLEncoder.encode(
                                        "[" + reserved("cpus", 1, "dev", "dana") + "]",
                                        StandardCharsets.UTF_8));

        assertThat(post("dana", "/reserve", form)).isEqualTo(202);
        assertThat(post("rita", "/unreserve", form)).isEqualTo(403);
        assertThat(post("dana", "/unreserve", form)).isEqualTo(202);
        assertThat(master.http().send("POST", "/reserve", new byte[0]).status()).isEqualTo(401);
    }

    private int post(String name, String path, String form) {
        return as(name).send("POST", path, form.getBytes(StandardCharsets.UTF_8)).status();
    }
}
