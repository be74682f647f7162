package io.meseta.master.self;

import static io.meseta.authorization.SubjectKind.USER;
import static io.meseta.platform.testing.StandInBook.basic;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.authorization.starter.StarterPolicies;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.leadership.Leadership.Address;
import io.meseta.master.leadership.Leadership.Role;
import io.meseta.master.testing.ScriptedAgent;
import io.meseta.master.testing.TestMaster;
import io.meseta.platform.testing.AuthStandIn;
import io.meseta.testkit.Await;
import io.meseta.testkit.http.RawHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a master tells of itself, and to whom.
final class SelfIT {

    private static final String LOG = "first line\nsecond line\n";
    private static final String MORE_LOGGING =
            "{\"type\":\"SET_LOGGING_LEVEL\",\"set_logging_level\":"
                    + "{\"level\":1,\"duration\":{\"nanoseconds\":60000000000}}}";

    @TempDir private Path directory;

    @Test
    void showsItsLogAndNothingElse() throws IOException {
        try (var master = TestMaster.start(log())) {
            var http = master.http();
            var real = directory.resolve("master.log");

            assertThat(http.get("/files/browse?path=/master/log").text()).isEqualTo("[]");
            assertThat(http.get("/files/read?path=/master/log").text())
                    .isEqualTo("{\"data\":\"\",\"offset\":" + LOG.length() + "}");
            assertThat(http.get("/files/read?path=%2Fmaster%2Flog&offset=6&length=4").text())
                    .isEqualTo("{\"data\":\"line\",\"offset\":6}");
            assertThat(http.get("/files/read?path=/master/log&offset=999").text())
                    .isEqualTo("{\"data\":\"\",\"offset\":999}");
            assertThat(http.get("/files/read?path=/master/log&offset=0&jsonp=f").text())
                    .isEqualTo("f({\"data\":\"first line\\nsecond line\\n\",\"offset\":0});");
            var download = http.get("/files/download?path=/master/log");
            assertThat(download.text()).isEqualTo(LOG);
            assertThat(download.header("Content-Disposition"))
                    .contains("attachment; filename=master.log");
            assertThat(http.get("/files/debug").text())
                    .isEqualTo("{\"/master/log\":\"" + real + "\"}");
            for (var path :
                    List.of("/", "/etc/passwd", real.toString(), "/master/log/../log", "%00"))
                for (var route : List.of("browse", "read", "download"))
                    assertThat(http.get("/files/" + route + "?path=" + path).status())
                            .as(route + " " + path)
                            .isEqualTo(404);
        }
    }

    @Test
    void refusesNumbersThatAreNone() throws IOException {
        try (var master = TestMaster.start(log())) {
            var read = "/files/read?path=/master/log";

            assertThat(master.http().get(read + "&offset=x").text())
                    .isEqualTo("Failed to parse offset: Failed to convert 'x' to number.\n");
            assertThat(master.http().get(read + "&length=-2").text())
                    .isEqualTo("Negative length provided: -2.\n");
            assertThat(master.http().get(read + "&offset=0&length=99999999999").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void hasNoLogToShowWhereItLogsElsewhere() {
        try (var master = TestMaster.start()) {
            assertThat(master.http().get("/files/debug").text()).isEqualTo("{}");
            assertThat(master.http().get("/files/read?path=/master/log").status()).isEqualTo(404);
            assertThat(call(master.http(), read("/master/log")).status()).isEqualTo(404);
        }
    }

    @Test
    void logsMoreForATime() {
        try (var master = TestMaster.start()) {
            var http = master.http();
            assertThat(http.get("/logging/toggle").text()).isEqualTo("0\n");

            assertThat(call(http, MORE_LOGGING).status()).isEqualTo(200);
            assertThat(http.get("/logging/toggle").text()).isEqualTo("1\n");
            assertThat(http.get("/logging/toggle?level=2&duration=1ms").status()).isEqualTo(200);

            Await.shortly()
                    .until(
                            "it is over",
                            () ->
                                    call(http, "{\"type\":\"GET_LOGGING_LEVEL\"}")
                                            .text()
                                            .endsWith("{\"level\":0}}"));
        }
    }

    @Test
    void asksWhoMayReadItsLogAndChangeItsLevel() throws IOException {
        try (var auth = new AuthStandIn()) {
            auth.add(USER, "admin", StarterPolicies.ADMINISTRATORS)
                    .add(USER, "vera", StarterPolicies.VIEWERS)
                    .add(USER, "stranger");
            try (var master =
                    TestMaster.startSecure(auth.settings(directory, "meseta-master"), log())) {
                var admin = master.http().as(basic("admin"));
                Await.shortly()
                        .until("the bundle is there", () -> admin.get("/flags").status() == 200);
                var vera = master.http().as(basic("vera"));
                var stranger = master.http().as(basic("stranger"));

                for (var path : List.of("/master/log", "/nope")) {
                    var refused = vera.get("/files/read?path=" + path);
                    assertThat(refused.status()).as(path).isEqualTo(403);
                    assertThat(refused.text()).isEmpty();
                    assertThat(refused.header("Meseta-Rule")).contains("built-in/default-deny");
                    assertThat(call(vera, read(path)).status()).isEqualTo(403);
                    assertThat(vera.get("/files/browse?path=" + path).status()).isEqualTo(403);
                    assertThat(vera.get("/files/download?path=" + path).status()).isEqualTo(403);
                }
                assertThat(admin.get("/files/read?path=/master/log&offset=0").text())
                        .contains("first line");
                assertThat(call(admin, read("/master/log")).text()).contains("\"size\":23");
                assertThat(vera.get("/files/debug").status()).isEqualTo(200);
                assertThat(stranger.get("/files/debug").status()).isEqualTo(403);

                assertThat(vera.get("/logging/toggle").text()).isEqualTo("0\n");
                assertThat(vera.get("/logging/toggle?level=1&duration=1secs").status())
                        .isEqualTo(403);
                assertThat(call(vera, MORE_LOGGING).status()).isEqualTo(403);
                assertThat(stranger.get("/logging/toggle").status()).isEqualTo(403);
                assertThat(call(admin, MORE_LOGGING).status()).isEqualTo(200);
                assertThat(vera.get("/logging/toggle").text()).isEqualTo("1\n");

                for (var path :
                        List.of("/logging/toggle", "/files/debug", "/registrar(1)/registry"))
                    assertThat(master.http().get(path).status()).as(path).isEqualTo(401);
                assertThat(master.http().get("/system/stats.json").status()).isEqualTo(200);
            }
        }
    }

    @Test
    void showsWhichAgentsAreAdmittedWhileItLeads() {
        try (var master = TestMaster.start();
                var agent =
                        ScriptedAgent.hello(master.http(), ScriptedAgent.machine("a:b").build())) {
            assertThat(master.http().get("/registrar(1)/registry").text())
                    .contains("\"master\":{\"info\":{")
                    .contains("\"slaves\":{\"slaves\":[{\"deactivated\":false,\"info\":{")
                    .contains(agent.id())
                    .doesNotContain("\"unreachable\"");

            master.leadership()
                    .become(new Role.Following(new Address("10.0.0.1", 5054), new Epoch(7)));

            assertThat(master.http().get("/registrar(1)/registry").text()).isEqualTo("{}");
        }
    }

    @Test
    void showsWhatIsSetForRolesAndMachinesInTheRegistry() {
        try (var master = TestMaster.start()) {
            var http = master.http();
            assertThat(
                            http.send(
                                            "PUT",
                                            "/weights",
                                            "[{\"role\":\"dev\",\"weight\":2}]"
                                                    .getBytes(StandardCharsets.UTF_8))
                                    .status())
                    .isEqualTo(200);
            assertThat(
                            call(
                                            http,
                                            "{\"type\":\"UPDATE_QUOTA\",\"update_quota\":{"
                                                    + "\"quota_configs\":[{\"role\":\"dev\",\"limits\":"
                                                    + "{\"cpus\":{\"value\":2}}}]}}")
                                    .status())
                    .isEqualTo(200);
            http.postJson(
                    "/maintenance/schedule",
                    "{\"windows\":[{\"machine_ids\":[{\"hostname\":\"m1\"}],\"unavailability\":"
                            + "{\"start\":{\"nanoseconds\":1}}}]}");

            assertThat(http.get("/registrar(1)/registry").text())
                    .contains("\"minimum_capabilities\":[{\"capability\":\"QUOTA_V2\"}]")
                    .contains("\"weights\":[{\"info\":{\"weight\":2.0,\"role\":\"dev\"}}]")
                    .contains(
                            "\"quota_configs\":[{\"role\":\"dev\",\"limits\":"
                                    + "{\"cpus\":{\"value\":2.0}}}]")
                    .contains(
                            "\"schedules\":[{\"windows\":[{\"machine_ids\":"
                                    + "[{\"hostname\":\"m1\"}]");
        }
    }

    private String log() throws IOException {
        var file = directory.resolve("master.log");
        Files.writeString(file, LOG);
        return "logging.file.name=" + file;
    }

    private static String read(String path) {
        return "{\"type\":\"READ_FILE\",\"read_file\":{\"path\":\"" + path + "\",\"offset\":0}}";
    }

    private static RawHttp.Reply call(RawHttp http, String call) {
        return http.send(
                "POST",
                "/api/v1",
                call.getBytes(StandardCharsets.UTF_8),
                "Content-Type: application/json",
                "Accept: application/json");
    }
}
