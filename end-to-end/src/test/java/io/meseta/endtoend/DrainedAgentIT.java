package io.meseta.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.endtoend.framework.TaskWish;
import io.meseta.endtoend.framework.TestFramework;
import io.meseta.endtoend.harness.Running;
import io.meseta.endtoend.harness.Setup;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.testkit.Await;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// An operator empties a machine, and gives it back.
final class DrainedAgentIT {

    @RegisterExtension static final Running RUNNING = Running.cluster(Setup.named("drained-agent"));

    private static final Duration CALL_MAX = Duration.ofSeconds(20);
    private static final Pattern AGENT =
            Pattern.compile("\"id\":\\{\"value\":\"([^\"]*-S[0-9]+)\"\\}");

    private final HttpClient http = HttpClient.newHttpClient();
    private TestFramework framework;

    @BeforeEach
    void subscribe() {
        framework = TestFramework.subscribe(RUNNING.cluster().masterEndpoint(), "moving");
    }

    @AfterEach
    void hangUp() {
        framework.awaitAcknowledged();
        framework.close();
        http.close();
    }

    @Test
    void emptiesAnAgentAndGivesItBackAcrossARestart() throws Exception {
        var cluster = RUNNING.cluster();
        framework.launch(TaskWish.shell("moved", "sleep 600"));
        framework.await("moved", TaskState.TASK_RUNNING);
        var agent = agent();

        operate("DRAIN_AGENT", agent, ",\"max_grace_period\":{\"seconds\":5}");

        var end = framework.await("moved", TaskState.TASK_KILLED);
        assertThat(end.getReason()).isEqualTo(TaskStatus.Reason.REASON_AGENT_DRAINING);
        Await.within(Duration.ofSeconds(30))
                .until("it is drained", () -> agents().contains("\"state\":\"DRAINED\""));
        assertThat(cluster.tasksOf(1)).isEmpty();

        cluster.agent(1).kill();
        cluster.agent(1).start();
        cluster.awaitAgent(1);
        framework.launch(TaskWish.shell("next", "sleep 600"));
        assertThat(agents()).contains("\"deactivated\":true").contains("\"state\":\"DRAINED\"");
        assertThat(framework.log().states("next")).isEmpty();

        operate("REACTIVATE_AGENT", agent, "");

        framework.await("next", TaskState.TASK_RUNNING);
        framework.kill("next");
        framework.await("next", TaskState.TASK_KILLED);
    }

    private String agent() {
        var matcher = AGENT.matcher(agents());
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private String agents() {
        return call("{\"type\":\"GET_AGENTS\"}").body();
    }

    private void operate(String type, String agent, String more) {
        var part = type.toLowerCase(java.util.Locale.ROOT);
        var reply =
                call(
                        "{\"type\":\"%s\",\"%s\":{\"agent_id\":{\"value\":\"%s\"}%s}}"
                                .formatted(type, part, agent, more));
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    }

    private HttpResponse<String> call(String body) {
        var request =
                HttpRequest.newBuilder(RUNNING.cluster().masterEndpoint().base().resolve("/api/v1"))
                        .timeout(CALL_MAX)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new AssertionError(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
