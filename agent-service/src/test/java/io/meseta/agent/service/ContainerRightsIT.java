package io.meseta.agent.service;

import static io.meseta.authorization.SubjectKind.USER;
import static io.meseta.platform.testing.StandInBook.basic;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.authorization.starter.StarterPolicies;
import io.meseta.mesos.v1.TaskState;
import io.meseta.platform.testing.AuthStandIn;
import io.meseta.testkit.Await;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Who sees containers and what there is of them, and who may do something about it.
@Timeout(120)
class ContainerRightsIT {

    private static final List<String> NESTED =
            List.of(
                    "LAUNCH_NESTED_CONTAINER",
                    "WAIT_NESTED_CONTAINER",
                    "KILL_NESTED_CONTAINER",
                    "REMOVE_NESTED_CONTAINER",
                    "LAUNCH_CONTAINER",
                    "WAIT_CONTAINER",
                    "KILL_CONTAINER",
                    "REMOVE_CONTAINER");

    private final AuthStandIn auth = new AuthStandIn();
    @TempDir private Path directory;
    private FakeMaster master;
    private RunningAgent agent;

    @BeforeEach
    void start() throws IOException {
        auth.add(USER, "admin", StarterPolicies.ADMINISTRATORS)
                .add(USER, "seer", "seers")
                .add(USER, "pruner", "pruners")
                .add(USER, "doctor", "doctors")
                .add(USER, "reader", "readers")
                .add(USER, "stranger");
        allow("seers", "VIEW_CONTAINER");
        allow("pruners", "PRUNE_IMAGES");
        allow("doctors", "GET_ENDPOINT_WITH_PATH");
        allow("readers", "VIEW_FLAGS");
        auth.publish();
        master = new FakeMaster();
        var settings = new ArrayList<>(auth.agentSettings(Files.createDirectory(secrets())));
        settings.add("--meseta.open=false");
        agent =
                RunningAgent.start(
                        directory.resolve("work"), master, settings.toArray(String[]::new));
        master.awaitHello(1);
        Await.within(FakeMaster.LIMIT)
                .until("the bundle is there", () -> get("admin", "/flags").statusCode() == 200);
    }

    private Path secrets() {
        return directory.resolve("secrets");
    }

    private void allow(String group, String action) {
        var text =
                """
                policy: %s
                rules:
                  - id: one
                    effect: allow
                    subjects: {groups: [%s]}
                    actions: [%s]
                """
                        .formatted(group, group, action);
        auth.book().policy(group, text);
    }

    @AfterEach
    void stop() {
        agent.end(master);
        master.close();
        auth.close();
    }

    @Test
    void showsContainersToThoseWhoMaySeeThem() {
        master.launch("busy", "sleep 600");
        var id =
                master.await("busy", TaskState.TASK_RUNNING)
                        .getContainerStatus()
                        .getContainerId()
                        .getValue();

        for (var who : List.of("admin", "seer")) {
            assertThat(call(who, "GET_CONTAINERS").body()).as(who).contains(id);
            assertThat(get(who, "/containers").body()).as(who).contains(id);
            assertThat(get(who, "/monitor/statistics").body()).as(who).contains("busy");
        }
        for (var who : List.of("stranger", "doctor", "pruner")) {
            var seen = call(who, "GET_CONTAINERS");
            assertThat(seen.statusCode()).as(who).isEqualTo(200);
            assertThat(seen.body()).as(who).doesNotContain(id).doesNotContain("busy");
            assertThat(get(who, "/containers").body()).as(who).isEqualTo("[]");
            assertThat(get(who, "/slave(1)/containers").body()).as(who).isEqualTo("[]");
            assertThat(get(who, "/monitor/statistics").body()).as(who).isEqualTo("[]");
        }
    }

    @Test
    void letsPruneImagesWhomItIsAllowed() {
        assertThat(call("pruner", "PRUNE_IMAGES").statusCode()).isEqualTo(200);
        assertThat(call("admin", "PRUNE_IMAGES").statusCode()).isEqualTo(200);
        for (var who : List.of("stranger", "seer"))
            assertThat(call(who, "PRUNE_IMAGES").statusCode()).as(who).isEqualTo(403);
    }

    @Test
    void tellsOfTheMachineAndItsSettingsWhomItIsAllowed() throws Exception {
        assertThat(get("doctor", "/api/meseta/v1/doctor").body()).contains("\"able\":");
        assertThat(get("stranger", "/api/meseta/v1/doctor").statusCode()).isEqualTo(403);
        assertThat(get("reader", "/api/meseta/v1/doctor").statusCode()).isEqualTo(403);
        assertThat(agent.get("/api/meseta/v1/doctor").statusCode()).isEqualTo(401);
        assertThat(get("reader", "/flags").body()).contains("\"containerizers\"");
        assertThat(get("doctor", "/flags").statusCode()).isEqualTo(403);
        assertThat(call("stranger", "GET_FLAGS").statusCode()).isEqualTo(403);
    }

    /// Nobody can have done what is not there, but nobody either is told more than that.
    @Test
    void doesNothingToContainersForAnybody() {
        for (var call : NESTED) {
            assertThat(call("stranger", call).statusCode()).as(call).isBetween(400, 501);
            assertThat(call("admin", call).statusCode()).as(call).isBetween(400, 501);
        }
        assertThat(master.hellos()).hasSize(1);
    }

    @Test
    void describesItsOwnRoutesToEverybody() throws Exception {
        var document = agent.get("/api/meseta/v1/openapi");

        assertThat(document.statusCode()).isEqualTo(200);
        var read = JsonMapper.shared().readTree(document.body());
        assertThat(read.path("paths").propertyNames()).containsExactly("/api/meseta/v1/doctor");
        var answer = read.at("/paths/~1api~1meseta~1v1~1doctor/get/responses/200");
        assertThat(answer.isMissingNode()).isFalse();
        assertThat(read.at("/components/schemas").propertyNames())
                .contains("Problem", "DoctorResponse");
    }

    private HttpResponse<String> get(String who, String path) {
        return send(HttpRequest.newBuilder(agent.uri(path)), who);
    }

    private HttpResponse<String> call(String who, String type) {
        var body = HttpRequest.BodyPublishers.ofString("{\"type\": \"" + type + "\"}");
        return send(
                HttpRequest.newBuilder(agent.uri("/api/v1"))
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json")
                        .POST(body),
                who);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String who) {
        try {
            return agent.send(request.header("Authorization", basic(who)).build());
        } catch (IOException failure) {
            throw new AssertionError(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }
}
