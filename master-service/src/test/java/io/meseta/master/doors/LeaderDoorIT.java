package io.meseta.master.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.reign.Epoch;
import io.meseta.master.leadership.Leadership.Address;
import io.meseta.master.leadership.Leadership.Role;
import io.meseta.master.testing.TestMaster;
import io.meseta.testkit.http.RawHttp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class LeaderDoorIT {

    private static TestMaster master;
    private static RawHttp http;

    @BeforeAll
    static void start() {
        master = TestMaster.start();
        http = master.http();
    }

    @AfterAll
    static void stop() {
        master.close();
    }

    @Test
    void sendsEveryoneToTheLeaderByItsMastersPath() {
        master.leadership().become(new Role.Following(new Address("10.0.0.1", 5054), new Epoch(7)));

        redirects(http.get("/state?x=1"), "//10.0.0.1:5054/master/state?x=1");
        redirects(http.get("/master/state"), "//10.0.0.1:5054/master/state");
        redirects(http.postJson("/api/v1", "rubbish"), "//10.0.0.1:5054/master/api/v1");
        redirects(http.get("/api/v1/scheduler"), "//10.0.0.1:5054/master/api/v1/scheduler");
        redirects(http.get("/redirect"), "//10.0.0.1:5054");
        redirects(
                http.send("POST", "/api/meseta/v1/tasks/f/t:kill", new byte[0]),
                "//10.0.0.1:5054/api/meseta/v1/tasks/f/t:kill");
        redirects(
                http.get("/api/meseta/v1/tasks?limit=5&after=f%2Fa%20b"),
                "//10.0.0.1:5054/api/meseta/v1/tasks?limit=5&after=f%2Fa%20b");
        assertThat(http.get("/health").status()).isEqualTo(200);
        assertThat(http.get("/flags").status()).isEqualTo(200);
        assertThat(http.get("/metrics/snapshot").text()).contains("\"master/elected\":0.0");
    }

    @Test
    void asksForPatienceWhileItReadsTheJournal() {
        master.leadership().become(new Role.Recovering());

        unavailable(http.get("/state"), "Master has not finished recovery");
        unavailable(http.postJson("/api/v1/scheduler", ""), "Master has not finished recovery");
    }

    @Test
    void asksForPatienceWhileNobodyLeads() {
        master.leadership().become(new Role.Leaderless());

        unavailable(http.get("/state"), "No leader elected");
        unavailable(http.get("/redirect"), "No leader elected");
        var own = http.get("/api/meseta/v1/tasks");
        assertThat(own.status()).isEqualTo(503);
        assertThat(own.header("Content-Type")).contains("application/problem+json");
        assertThat(own.header("Retry-After")).isPresent();
    }

    @Test
    void pointsToItselfIfItLeads() {
        master.leadership().lead();

        redirects(http.get("/master/redirect"), "//127.0.0.1:" + master.port());
    }

    private static void redirects(RawHttp.Reply reply, String to) {
        assertThat(reply.status()).isEqualTo(307);
        assertThat(reply.header("Location")).contains(to);
    }

    private static void unavailable(RawHttp.Reply reply, String text) {
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isPresent();
        assertThat(reply.text()).isEqualTo(text);
    }
}
