package io.meseta.agent.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.agent.Call;
import io.meseta.mesos.v1.agent.Response;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What an agent with one running and one finished task shows over HTTP.
@Timeout(60)
class OperatorIT {

    private static final String NOT_POST =
            "405 Method Not Allowed. Expecting one of { 'POST' }, but received 'GET'.";
    private static final String TYPES =
            "application/json or application/x-protobuf or application/recordio";

    @TempDir private static Path work;
    private static FakeMaster master;
    private static RunningAgent agent;

    @BeforeAll
    static void start() throws Exception {
        master = new FakeMaster();
        agent = RunningAgent.start(work, master);
        master.awaitHello(1);
        master.launch("done", "echo text >file; ln -s /etc etc; ln -s file link; mkdir dir");
        master.await("done", TaskState.TASK_FINISHED);
        master.launch("busy", "sleep 600");
        master.await("busy", TaskState.TASK_RUNNING);
    }

    @AfterAll
    static void stop() {
        master.kill("busy", Duration.ofSeconds(5));
        master.await("busy", TaskState.TASK_KILLED);
        agent.awaitNoTasks();
        agent.close();
        master.close();
    }

    @Test
    void showsItsState() throws Exception {
        for (var path : List.of("/state", "/slave(1)/state")) {
            var state = agent.get(path).body();
            assertThat(state)
                    .contains("\"id\":\"m-S0\"")
                    .contains("\"attributes\":{\"rack\":\"r1\",\"zone\":\"z1\",\"num\":5.0}")
                    .contains(
                            "\"resources\":{\"disk\":8192.0,\"mem\":4096.0,\"gpus\":0.0,"
                                    + "\"cpus\":4.0,\"ports\":\"[31000-32000]\"}")
                    .contains("\"state\":\"TASK_RUNNING\"")
                    .contains("\"completed_tasks\":[{\"id\":\"done\"");
        }
    }

    @Test
    void answersHealthWithNothing() throws Exception {
        for (var path : List.of("/health", "/slave(1)/health")) {
            var response = agent.get(path);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEmpty();
        }
    }

    @Test
    void showsVersionFlagsAndMetrics() throws Exception {
        assertThat(agent.get("/version").body()).contains("\"version\":\"");
        assertThat(agent.get("/flags").body())
                .startsWith("{\"flags\":{")
                .contains("\"gc_delay\":\"1weeks\"");
        assertThat(agent.get("/metrics/snapshot").body())
                .contains("\"slave/registered\":1.0")
                .contains("\"slave/tasks_running\":1.0")
                .contains("\"slave/cpus_total\":4.0");
        assertThat(agent.get("/actuator/prometheus").body()).contains("meseta_agent_tasks");
        assertThat(agent.get("/actuator/health/readiness").body()).contains("UP");
        assertThat(agent.get("/actuator/health/liveness").body()).contains("UP");
    }

    @Test
    void answersEachCallInBothForms() throws Exception {
        for (var type :
                List.of(
                        "GET_HEALTH",
                        "GET_FLAGS",
                        "GET_VERSION",
                        "GET_METRICS",
                        "GET_STATE",
                        "GET_AGENT",
                        "GET_TASKS",
                        "GET_FRAMEWORKS",
                        "GET_EXECUTORS",
                        "GET_LOGGING_LEVEL")) {
            var argument = type.equals("GET_METRICS") ? ",\"get_metrics\":{}" : "";
            var json = agent.call("{\"type\":\"" + type + "\"" + argument + "}");
            assertThat(json.statusCode()).as(type).isEqualTo(200);
            assertThat(json.body()).startsWith("{\"type\":\"" + type + "\"");
            assertThat(Response.parseFrom(protobuf(Call.Type.valueOf(type))).getType().name())
                    .isEqualTo(type);
        }
        assertThat(agent.call("{\"type\":\"GET_HEALTH\"}").body())
                .isEqualTo("{\"type\":\"GET_HEALTH\",\"get_health\":{\"healthy\":true}}");
        var tasks = Response.parseFrom(protobuf(Call.Type.GET_TASKS)).getGetTasks();
        assertThat(tasks.getLaunchedTasks(0).getTaskId().getValue()).isEqualTo("busy");
        assertThat(tasks.getCompletedTasks(0).getStatusesCount()).isEqualTo(3);
    }

    @Test
    void checksRequestsAsMesosDoes() throws Exception {
        assertAnswer(agent.get("/api/v1"), 405, NOT_POST);
        assertAnswer(
                agent.call("x"),
                400,
                "Failed to parse body into JSON: syntax error at line 1 near: x");
        assertAnswer(
                agent.call("{\"type\":\"NOPE\"}"),
                400,
                "Failed to validate agent::Call: Expecting 'type' to be present");
        assertAnswer(agent.call("{\"type\":\"UNKNOWN\"}"), 501, "501 Not Implemented.");
        assertAnswer(
                agent.call("{\"type\":\"GET_METRICS\"}"),
                400,
                "Failed to validate agent::Call: Expecting 'get_metrics' to be present");
        assertAnswer(
                agent.call("{\"type\":\"READ_FILE\"}"),
                400,
                "Failed to validate agent::Call: Expecting 'read_file' to be present");
        assertAnswer(
                agent.call("{\"type\":\"LIST_FILES\",\"list_files\":{\"path\":\"/nope\"}}"),
                404,
                "");
        assertAnswer(
                agent.call("{\"type\":\"GET_RESOURCE_PROVIDERS\"}"),
                501,
                "The call GET_RESOURCE_PROVIDERS is not implemented by this agent");
    }

    @Test
    void checksHeadersAsMesosDoes() throws Exception {
        assertAnswer(
                post("{\"type\":\"GET_HEALTH\"}", "Content-Type", "text/plain"),
                415,
                "Expecting 'Content-Type' of " + TYPES);
        assertAnswer(
                post(
                        "{\"type\":\"GET_HEALTH\"}",
                        "Content-Type",
                        "application/json",
                        "Accept",
                        "text/html"),
                406,
                "Expecting 'Accept' to allow " + TYPES);
        assertAnswer(
                post("21\n{\"type\":\"GET_HEALTH\"}", "Content-Type", "application/recordio"),
                400,
                "Expecting 'Message-Content-Type' to be set for streaming requests");
        assertAnswer(
                post(
                        "21\n{\"type\":\"GET_HEALTH\"}",
                        "Content-Type",
                        "application/recordio",
                        "Message-Content-Type",
                        "application/json"),
                415,
                "Streaming 'Content-Type' application/recordio is not supported for GET_HEALTH"
                        + " call");
        assertAnswer(
                post(
                        "{\"type\":\"GET_HEALTH\"}",
                        "Content-Type",
                        "application/json",
                        "Accept",
                        "application/recordio"),
                406,
                "Streaming response is not supported for GET_HEALTH call");
        assertAnswer(agent.get("/nope"), 404, "404 Not Found.");
        assertThat(
                        post(
                                        "{\"type\":\"GET_HEALTH\"}",
                                        "Content-Type",
                                        "text/plain",
                                        "Content-Type",
                                        "application/json")
                                .statusCode())
                .as("the last of repeated headers counts")
                .isEqualTo(200);
    }

    @Test
    void setsTheLoggingLevel() throws Exception {
        var call =
                "{\"type\":\"SET_LOGGING_LEVEL\",\"set_logging_level\":{\"level\":1,"
                        + "\"duration\":{\"nanoseconds\":60000000000}}}";
        assertAnswer(agent.call(call), 200, "");
        assertThat(agent.call("{\"type\":\"GET_LOGGING_LEVEL\"}").body()).contains("\"level\":1");
    }

    @Test
    void readsListsAndDownloadsSandboxFiles() throws Exception {
        var sandbox = "/frameworks/m-0000/executors/done/runs/latest";
        assertThat(agent.get("/files/browse?path=" + sandbox).body())
                .contains("\"path\":\"" + sandbox + "/file\"")
                .contains("\"mode\":\"-rw-r--r--\"")
                .contains("\"mode\":\"drwxr-xr-x\"");
        assertThat(agent.get("/files/read?path=" + sandbox + "/file&offset=1&length=2").body())
                .isEqualTo("{\"data\":\"ex\",\"offset\":1}");
        assertThat(agent.get("/files/read?path=" + sandbox + "/file").body())
                .isEqualTo("{\"data\":\"\",\"offset\":5}");
        assertThat(agent.get("/files/read?path=" + sandbox + "/link&offset=0").body())
                .contains("text");
        var download = agent.get("/files/download?path=" + sandbox + "/file");
        assertThat(download.body()).isEqualTo("text\n");
        assertThat(download.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=file");
        assertAnswer(
                agent.get("/files/read?path=" + sandbox + "/dir"),
                400,
                "Cannot read a directory.\n");
        assertAnswer(agent.get("/files/read"), 400, "Expecting 'path=value' in query.\n");
        var real =
                work.resolve("slaves/m-S0/frameworks/m-0000/executors/done/runs/latest")
                        .toRealPath();
        assertThat(agent.get("/files/read?offset=0&path=" + real + "/file").body())
                .contains("text");
        assertThat(
                        agent.call(
                                        "{\"type\":\"READ_FILE\",\"read_file\":{\"path\":\""
                                                + real
                                                + "/file\",\"offset\":0}}")
                                .body())
                .contains("\"size\":5");
        assertThat(agent.get("/files/debug").body()).contains("executors/busy/runs/latest");
    }

    @Test
    void showsNothingOutsideOfSandboxes() throws Exception {
        var sandbox = "/frameworks/m-0000/executors/done/runs/latest";
        Files.writeString(work.resolve("secret"), "secret");
        for (var path :
                List.of(
                        "/etc/passwd",
                        sandbox + "/../../../../../../../secret",
                        sandbox + "/etc/passwd",
                        sandbox + "/./../done",
                        "/frameworks/../executors/done/runs/latest/file",
                        "/frameworks/m-0000/executors/done/runs/../../done/runs/latest/file",
                        work.resolve("secret").toString(),
                        work.resolve("meta/agent").toString(),
                        work + "/slaves/m-S0" + sandbox + "/../../../../../../../meta/agent",
                        work + "/slaves/../meta/frameworks/x/executors/y/runs/z",
                        "/",
                        "\0",
                        sandbox + "/file\0")) {
            var encoded = URLEncoder.encode(path, StandardCharsets.UTF_8);
            for (var route : List.of("read", "browse", "download")) {
                var response = agent.get("/files/" + route + "?offset=0&path=" + encoded);
                assertThat(response.statusCode()).as(route + " " + path).isEqualTo(404);
            }
        }
    }

    private static HttpResponse<String> post(String body, String... headers) throws Exception {
        return agent.send(
                HttpRequest.newBuilder(agent.uri("/api/v1"))
                        .headers(headers)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    private static byte[] protobuf(Call.Type type) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var call = Call.newBuilder().setType(type);
            if (type == Call.Type.GET_METRICS)
                call.setGetMetrics(Call.GetMetrics.getDefaultInstance());
            var request =
                    HttpRequest.newBuilder(agent.uri("/api/v1"))
                            .header("Content-Type", "application/x-protobuf")
                            .header("Accept", "application/x-protobuf")
                            .POST(
                                    HttpRequest.BodyPublishers.ofByteArray(
                                            call.build().toByteArray()))
                            .build();
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
        }
    }

    private static void assertAnswer(HttpResponse<String> response, int status, String text) {
        assertThat(response.body()).isEqualTo(text);
        assertThat(response.statusCode()).isEqualTo(status);
    }
}
