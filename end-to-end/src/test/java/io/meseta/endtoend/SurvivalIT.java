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
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Master, agent and PostgreSQL are killed while tasks run: no task is lost, no update is lost or
/// reordered, and the framework goes on with its id.
final class SurvivalIT {

    @RegisterExtension
    static final Running RUNNING = Running.cluster(Setup.named("survival").withAgents(2));

    private static final List<TaskState> WHOLE_LIFE =
            List.of(TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_FINISHED);

    private static final Duration RECOVERY_MAX = Duration.ofSeconds(90);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir private Path gates;
    private TestFramework framework;

    @BeforeEach
    void subscribe() {
        framework = TestFramework.subscribe(RUNNING.cluster().masterEndpoint(), "survivor");
    }

    @AfterEach
    void tearDown() {
        framework.awaitAcknowledged();
        framework.close();
    }

    @Test
    void adoptsTheTasksOfAKilledAgent() throws Exception {
        var cluster = RUNNING.cluster();
        launchGated("through", 4);
        launchGated("meanwhile", 4);
        awaitRunning("through", 4);
        awaitRunning("meanwhile", 4);

        cluster.agent(1).kill();
        cluster.agent(2).kill();
        openGate("meanwhile");
        cluster.agent(1).start();
        cluster.agent(2).start();
        framework.awaitEnds(names("meanwhile", 4), RECOVERY_MAX);
        openGate("through");
        framework.awaitEnds(names("through", 4), RECOVERY_MAX);

        assertWholeLives(names("meanwhile", 4));
        assertWholeLives(names("through", 4));
        assertThat(framework.subscriptions()).isEqualTo(1);
    }

    @Test
    void goesOnUnderTheSameIdWhenTheMasterIsKilled() throws Exception {
        var cluster = RUNNING.cluster();
        var id = framework.id();
        launchGated("before", 5);
        awaitRunning("before", 5);

        cluster.master().kill();
        openGate("before");
        cluster.master().start();
        launchGated("after", 3);
        awaitRunning("after", 3);
        openGate("after");
        framework.awaitEnds(names("before", 5), RECOVERY_MAX);
        framework.awaitEnds(names("after", 3), RECOVERY_MAX);

        assertThat(framework.id()).isEqualTo(id);
        assertThat(framework.subscriptions()).isEqualTo(2);
        assertWholeLives(names("before", 5));
        assertWholeLives(names("after", 3));
    }

    @Test
    void promisesNothingWithoutItsDatabaseAndGoesOnWithIt() throws Exception {
        var cluster = RUNNING.cluster();
        var id = framework.id();
        launchGated("durable", 4);
        awaitRunning("durable", 4);

        cluster.database().kill();
        openGate("durable");
        Await.within(Duration.ofSeconds(30))
                .passes(
                        "the master stops promising",
                        () -> {
                            var answer = subscribeAnother();
                            assertThat(answer.statusCode()).isEqualTo(503);
                            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                        });
        assertThat(cluster.master().isAlive()).isTrue();
        cluster.database().restart();

        framework.awaitEnds(names("durable", 4), RECOVERY_MAX);
        assertWholeLives(names("durable", 4));
        assertThat(framework.id()).isEqualTo(id);
    }

    @Test
    void losesNothingWhenEverythingDiesInTurn() throws Exception {
        var cluster = RUNNING.cluster();
        var all = new ArrayList<String>();
        all.addAll(launchGated("first", 10));
        all.addAll(launchShort("early", 5));
        awaitRunning("first", 10);

        cluster.agent(1).kill();
        all.addAll(launchShort("agentless", 3));
        cluster.agent(1).start();
        all.addAll(launchGated("second", 5));
        cluster.master().kill();
        all.addAll(launchShort("masterless", 3));
        cluster.master().start();
        cluster.awaitMaster();
        all.addAll(launchShort("led", 2));
        cluster.database().kill();
        all.addAll(launchShort("forgetful", 3));
        openGate("first");
        cluster.database().restart();
        awaitRunning("second", 5);
        cluster.agent(2).kill();
        openGate("second");
        cluster.master().kill();
        cluster.agent(2).start();
        cluster.master().start();
        framework.awaitEnds(all, RECOVERY_MAX);

        assertWholeLives(all);
        assertThat(processesLeft()).isEmpty();
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

    private static List<String> names(String name, int count) {
        return IntStream.range(0, count).mapToObj(number -> name + "-" + number).toList();
    }

    private void awaitRunning(String name, int count) {
        for (var task : names(name, count)) {
            framework.await(task, TaskState.TASK_RUNNING, RECOVERY_MAX);
        }
    }

    private static List<?> processesLeft() {
        return List.of(1, 2).stream()
                .flatMap(number -> RUNNING.cluster().tasksOf(number).stream())
                .toList();
    }

    /// A subscription of another framework, which needs the journal.
    private static HttpResponse<?> subscribeAnother() throws Exception {
        var body =
                """
                {"type":"SUBSCRIBE","subscribe":{"framework_info":{"user":"root","name":"other"}}}\
                """;
        var route = URI.create(RUNNING.cluster().masterEndpoint().base() + "/api/v1/scheduler");
        var request =
                HttpRequest.newBuilder(route)
                        .timeout(Duration.ofSeconds(15))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        var response = HTTP.send(request, BodyHandlers.ofInputStream());
        // A subscription that was granted is given up at once.
        response.body().close();
        return response;
    }
}
