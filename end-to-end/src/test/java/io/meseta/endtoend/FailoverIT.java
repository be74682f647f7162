package io.meseta.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.endtoend.framework.TaskWish;
import io.meseta.endtoend.framework.TestFramework;
import io.meseta.endtoend.harness.Running;
import io.meseta.endtoend.harness.Setup;
import io.meseta.mesos.v1.TaskState;
import io.meseta.testkit.Await;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Three masters, of which the one that leads is killed, paused and cut off from its database: the
/// next one leads, no task is lost, no update is lost or reordered, and the framework goes on.
final class FailoverIT {

    @RegisterExtension
    static final Running RUNNING =
            Running.cluster(
                    Setup.named("failover")
                            .withMasters(3)
                            .withAgents(2)
                            .withMasterOption("--meseta.master.lease=2s")
                            // Whoever is silent for five of these is left: a paused master is.
                            .withMasterOption("--meseta.master.links.heartbeat-interval=500ms")
                            .withAgentOption("--meseta.agent.link.backoff-max=500ms"));

    private static final List<TaskState> WHOLE_LIFE =
            List.of(TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_FINISHED);

    private static final Duration RECOVERY_MAX = Duration.ofSeconds(90);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    @TempDir private Path gates;
    private TestFramework framework;

    @BeforeEach
    void subscribe() {
        framework = TestFramework.subscribe(RUNNING.cluster().masterEndpoints(), "survivor");
    }

    @AfterEach
    void tearDown() {
        framework.awaitAcknowledged();
        framework.close();
    }

    @Test
    void goesOnWithTheNextWhenTheLeaderIsKilled() throws Exception {
        var id = framework.id();
        launchGated("killed", 5);
        awaitRunning("killed", 5);
        int leader = leader();

        RUNNING.cluster().master(leader).kill();
        openGate("killed");
        assertThat(another(leader)).isNotEqualTo(leader);
        launchGated("later", 3);
        awaitRunning("later", 3);
        openGate("later");
        framework.awaitEnds(names("killed", 5), RECOVERY_MAX);
        framework.awaitEnds(names("later", 3), RECOVERY_MAX);
        RUNNING.cluster().master(leader).start();
        RUNNING.cluster().awaitMaster(leader);

        assertThat(framework.id()).isEqualTo(id);
        assertWholeLives(names("killed", 5));
        assertWholeLives(names("later", 3));
    }

    @Test
    void goesOnWithTheNextWhileTheLeaderStandsStill() throws Exception {
        var id = framework.id();
        launchGated("paused", 5);
        awaitRunning("paused", 5);
        int leader = leader();

        RUNNING.cluster().master(leader).pause();
        openGate("paused");
        int next = another(leader);
        var lines = RUNNING.cluster().master(leader).output().lines().count();
        RUNNING.cluster().master(leader).resume();
        awaitFollowing(leader, next);
        framework.awaitEnds(names("paused", 5), RECOVERY_MAX);

        assertThat(framework.id()).isEqualTo(id);
        assertWholeLives(names("paused", 5));
        // It knew at the first look that it leads no more.
        var said = RUNNING.cluster().master(leader).output().lines().skip(lines).toList();
        assertThat(said).noneMatch(line -> line.contains("This master leads"));
        assertThat(said).anyMatch(line -> line.contains("The reign is over"));
    }

    @Test
    void goesOnWithTheNextWhenTheLeaderIsCutOff() throws Exception {
        var id = framework.id();
        launchGated("cut", 5);
        awaitRunning("cut", 5);
        int leader = leader();

        RUNNING.cluster().wire(leader).cut();
        openGate("cut");
        int next = another(leader);
        framework.awaitEnds(names("cut", 5), RECOVERY_MAX);
        RUNNING.cluster().wire(leader).mend();
        awaitFollowing(leader, next);
        RUNNING.cluster().awaitMaster(leader);

        assertThat(framework.id()).isEqualTo(id);
        assertWholeLives(names("cut", 5));
    }

    @Test
    void losesNothingWhenOneLeaderAfterTheOtherFails() throws Exception {
        var all = new ArrayList<>(launchGated("first", 6));
        awaitRunning("first", 6);
        int one = leader();

        RUNNING.cluster().master(one).kill();
        all.addAll(launchShort("leaderless", 4));
        int other = another(one);
        all.addAll(launchGated("second", 4));
        RUNNING.cluster().master(one).start();
        awaitRunning("second", 4);
        RUNNING.cluster().awaitMaster(one);
        RUNNING.cluster().master(other).pause();
        openGate("first");
        another(other);
        all.addAll(launchShort("meanwhile", 4));
        RUNNING.cluster().master(other).resume();
        int last = leader();
        RUNNING.cluster().wire(last).cut();
        openGate("second");
        another(last);
        RUNNING.cluster().wire(last).mend();
        framework.awaitEnds(all, RECOVERY_MAX);

        assertWholeLives(all);
    }

    @Test
    void answersFromAStandbyWhoeverIsContentWithThat() throws Exception {
        launchGated("seen", 1);
        awaitRunning("seen", 1);
        int leader = leader();
        int standby = leader == 1 ? 2 : 1;

        Await.within(Duration.ofSeconds(20))
                .passes(
                        "the standby knows the task",
                        () -> {
                            var answer = get(standby, "/tasks?consistency=stale");
                            assertThat(answer.statusCode()).isEqualTo(200);
                            assertThat(answer.body()).contains("seen-1", "TASK_RUNNING");
                            assertThat(answer.headers().firstValueAsLong("Meseta-Age-Ms"))
                                    .hasValueSatisfying(age -> assertThat(age).isLessThan(2_000));
                        });
        var redirect = get(standby, "/tasks?limit=1");
        assertThat(redirect.statusCode()).isEqualTo(307);
        assertThat(redirect.headers().firstValue("Location"))
                .contains(
                        "//127.0.0.1:"
                                + RUNNING.cluster().masterEndpoint(leader).base().getPort()
                                + "/master/tasks?limit=1");
        openGate("seen");
        framework.awaitEnds(names("seen", 1), RECOVERY_MAX);
    }

    private static int leader() {
        return Await.within(RECOVERY_MAX)
                .value("one master leads", () -> RUNNING.cluster().leader());
    }

    /// Waits until another leads.
    private static int another(int than) {
        return Await.within(RECOVERY_MAX)
                .value(
                        "another master leads",
                        () -> RUNNING.cluster().leader().filter(leader -> leader != than));
    }

    private static void awaitFollowing(int master, int leader) {
        var where = "//127.0.0.1:" + RUNNING.cluster().masterEndpoint(leader).base().getPort();
        Await.within(RECOVERY_MAX)
                .until(
                        "it follows",
                        () ->
                                get(master, "/redirect")
                                        .headers()
                                        .firstValue("Location")
                                        .equals(Optional.of(where)));
    }

    private static HttpResponse<String> get(int master, String path) throws Exception {
        var route = URI.create(RUNNING.cluster().masterEndpoint(master).base() + path);
        var request = HttpRequest.newBuilder(route).timeout(Duration.ofSeconds(2)).build();
        return HTTP.send(request, BodyHandlers.ofString());
    }

    /// Every task has told its life once, from its start to its end.
    private void assertWholeLives(List<String> tasks) {
        for (var task : tasks) {
            assertThat(framework.log().states(task))
                    .as("%s: %s", task, framework.log().all(task))
                    .isEqualTo(WHOLE_LIFE);
        }
    }

    private List<String> launchGated(String name, int count) {
        var wait = "while [ ! -e '%s' ]; do sleep 0.1; done".formatted(gates.resolve(name));
        return launch(name, count, wait);
    }

    private List<String> launchShort(String name, int count) {
        return launch(name, count, "sleep 0.3");
    }

    private List<String> launch(String name, int count, String script) {
        var names = names(name, count);
        names.forEach(task -> framework.launch(TaskWish.shell(task, script)));
        return names;
    }

    private void openGate(String name) throws Exception {
        Files.createFile(gates.resolve(name));
    }

    private void awaitRunning(String name, int count) {
        for (var task : names(name, count)) {
            framework.await(task, TaskState.TASK_RUNNING, RECOVERY_MAX);
        }
    }

    private static List<String> names(String name, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(number -> name + "-" + number).toList();
    }
}
