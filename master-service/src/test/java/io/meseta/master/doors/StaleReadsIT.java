package io.meseta.master.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.leadership.Leadership.Address;
import io.meseta.master.leadership.Leadership.Role;
import io.meseta.master.testing.Samples;
import io.meseta.master.testing.ScriptedFramework;
import io.meseta.master.testing.TestMaster;
import io.meseta.testkit.http.RawHttp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A master that does not lead answers whoever is content with what it knows.
final class StaleReadsIT {

    private static final Address LEADER = new Address("10.0.0.1", 5054);

    private TestMaster master;
    private RawHttp http;
    private String framework;

    @BeforeEach
    void followAfterALife() {
        master = TestMaster.start();
        http = master.http();
        try (var subscribed = ScriptedFramework.subscribe(http, Samples.MODERN)) {
            framework = subscribed.id();
        }
        master.leadership().follow(LEADER, Duration.ofMillis(42));
    }

    @AfterEach
    void stop() {
        master.close();
    }

    @Test
    void showsWhatItKnowsWithItsNumberAndAge() {
        var reply = http.get("/state?consistency=stale");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).contains(framework);
        assertThat(reply.text()).contains("\"leader\":\"master@10.0.0.1:5054\"");
        assertThat(reply.header("Meseta-Age-Ms")).contains("42");
        assertThat(Long.parseLong(reply.header("Meseta-Sequence").orElseThrow())).isPositive();
    }

    @Test
    void takesTheHeaderForTheParameter() {
        assertThat(post("GET_FRAMEWORKS").text()).contains(framework);
        assertThat(post("GET_STATE").header("Meseta-Age-Ms")).contains("42");
    }

    @Test
    void answersEveryCallThatOnlyAsks() {
        for (var call :
                List.of(
                        "GET_HEALTH",
                        "GET_VERSION",
                        "GET_FLAGS",
                        "GET_LOGGING_LEVEL",
                        "GET_STATE",
                        "GET_AGENTS",
                        "GET_TASKS",
                        "GET_FRAMEWORKS",
                        "GET_EXECUTORS",
                        "GET_OPERATIONS",
                        "GET_ROLES",
                        "GET_WEIGHTS",
                        "GET_QUOTA",
                        "GET_MAINTENANCE_STATUS",
                        "GET_MAINTENANCE_SCHEDULE")) {
            var reply = post(call);

            assertThat(reply.status()).as(call).isEqualTo(200);
            assertThat(reply.header("Meseta-Sequence")).as(call).isPresent();
        }
        assertThat(post("GET_METRICS").text())
                .isEqualTo(
                        "Failed to validate master::Call: Expecting 'get_metrics' to be present");
    }

    @Test
    void showsMachinesUnderMaintenance() {
        master.leadership().lead();
        var window =
                "{\"windows\":[{\"machine_ids\":[{\"hostname\":\"m1\"}],\"unavailability\":"
                        + "{\"start\":{\"nanoseconds\":1}}}]}";
        assertThat(http.postJson("/maintenance/schedule", window).status()).isEqualTo(200);
        master.leadership().follow(LEADER, Duration.ofMillis(42));

        for (var path : List.of("/maintenance/schedule", "/master/maintenance/status")) {
            var reply = http.get(path + "?consistency=stale");
            assertThat(reply.text()).as(path).contains("\"m1\"");
            assertThat(reply.header("Meseta-Age-Ms")).as(path).contains("42");
            assertThat(http.get(path).status()).as(path).isEqualTo(307);
        }
        assertThat(post("GET_MAINTENANCE_SCHEDULE").text()).contains("\"m1\"");
        assertThat(post("GET_MAINTENANCE_STATUS").text()).contains("\"m1\"");
        assertThat(http.postJson("/maintenance/schedule?consistency=stale", window).status())
                .isEqualTo(307);
    }

    @Test
    void sendsOnWhateverIsNotAsked() {
        assertThat(post("GET_MASTER").status()).isEqualTo(307);
        assertThat(http.get("/state").status()).isEqualTo(307);
        assertThat(http.get("/state?consistency=strong").status()).isEqualTo(307);
        assertThat(http.postJson("/api/v1/scheduler?consistency=stale", "{}").status())
                .isEqualTo(307);
    }

    @Test
    void showsItAlsoWhileNobodyLeads() {
        master.leadership().become(new Role.Leaderless());

        var reply = http.get("/master/frameworks?consistency=stale");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(http.get("/state?consistency=stale").text()).doesNotContain("\"leader\"");
    }

    @Test
    void tellsTheNumberToWhoeverAsksTheLeader() {
        master.leadership().lead();

        var reply = http.get("/state?consistency=stale");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Meseta-Age-Ms")).contains("0");
        assertThat(http.get("/state").header("Meseta-Age-Ms")).isEmpty();
    }

    private RawHttp.Reply post(String call) {
        var body = "{\"type\":\"" + call + "\"}";
        return http.send(
                "POST",
                "/api/v1",
                body.getBytes(StandardCharsets.UTF_8),
                "Content-Type: application/json",
                "Meseta-Consistency: stale");
    }
}
