package io.meseta.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.endtoend.framework.TaskWish;
import io.meseta.endtoend.framework.TestFramework;
import io.meseta.endtoend.framework.Update;
import io.meseta.endtoend.harness.Running;
import io.meseta.endtoend.harness.Setup;
import io.meseta.endtoend.wire.ChangeWatch;
import io.meseta.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/// The leader is killed under an operator who watches, and who goes on with the next leader: what
/// was missed is told, and nothing is told twice.
final class WatchedFailoverIT {

    @RegisterExtension
    static final Running RUNNING =
            Running.cluster(
                    Setup.named("watched")
                            .withMasters(2)
                            .withMasterOption("--meseta.master.lease=2s")
                            .withMasterOption("--meseta.master.links.heartbeat-interval=500ms")
                            .withAgentOption("--meseta.agent.link.backoff-max=500ms"));

    private static final Duration RECOVERY_MAX = Duration.ofSeconds(90);
    private static final int TASKS = 5;

    @Test
    void missesNothingAndHearsNothingTwice() throws IOException {
        var cluster = RUNNING.cluster();
        int leader = leader();
        try (var framework = TestFramework.subscribe(cluster.masterEndpoints(), "watched");
                var first = ChangeWatch.open(port(leader), OptionalLong.empty()).orElseThrow()) {
            Await.within(RECOVERY_MAX).until("it watches", () -> first.has("SUBSCRIBED"));
            var before = launch(framework, "before");
            framework.awaitEnds(before, RECOVERY_MAX);
            Await.within(RECOVERY_MAX).until("it hears", () -> !told(first.events()).isEmpty());

            var meanwhile = launch(framework, "meanwhile");
            cluster.master(leader).kill();
            Await.within(RECOVERY_MAX).until("the stream has ended", first::isEnded);
            framework.awaitEnds(meanwhile, RECOVERY_MAX);
            framework.awaitAcknowledged();

            int next = leader();
            try (var second = goOn(next, first.newest())) {
                Await.within(RECOVERY_MAX).until("it was told", () -> second.has("RESUMED"));
                var all = new ArrayList<>(first.events());
                all.addAll(second.events());

                assertThat(second.has("RESET")).isFalse();
                assertThat(second.has("SUBSCRIBED")).isFalse();
                assertThat(numbers(all)).isSorted();
                assertThat(told(all)).doesNotHaveDuplicates();
                assertThat(told(all)).containsAll(heard(framework, before));
                assertThat(told(all)).containsAll(heard(framework, meanwhile));
                assertThat(added(all)).containsAll(before).containsAll(meanwhile);
                assertThat(added(all)).doesNotHaveDuplicates();
            }
            cluster.master(leader).start();
            cluster.awaitMaster(leader);
        }
    }

    private static List<String> launch(TestFramework framework, String name) {
        var names = IntStream.rangeClosed(1, TASKS).mapToObj(i -> name + "-" + i).toList();
        names.forEach(task -> framework.launch(TaskWish.shell(task, "sleep 0.2")));
        return names;
    }

    private static ChangeWatch goOn(int master, OptionalLong known) {
        assertThat(known).isPresent();
        return Await.within(RECOVERY_MAX)
                .value("the next leader takes it", () -> tryToGoOn(master, known));
    }

    private static Optional<ChangeWatch> tryToGoOn(int master, OptionalLong known) {
        try {
            return ChangeWatch.open(port(master), known);
        } catch (IOException notYet) {
            throw new UncheckedIOException(notYet);
        }
    }

    private static int leader() {
        return Await.within(RECOVERY_MAX)
                .value("one master leads", () -> RUNNING.cluster().leader());
    }

    private static int port(int master) {
        return RUNNING.cluster().masterEndpoint(master).base().getPort();
    }

    private static List<Long> numbers(List<JsonNode> events) {
        return events.stream()
                .filter(event -> event.has("sequence"))
                .map(event -> event.path("sequence").asLong())
                .toList();
    }

    /// What the operator was told of statuses that a framework has to acknowledge.
    private static List<String> told(List<JsonNode> events) {
        return events.stream()
                .map(event -> event.path("task_updated").path("status"))
                .filter(status -> status.has("uuid"))
                .map(status ->
                        status.path("task_id").path("value").asString()
                                + " "
                                + status.path("uuid").asString())
                .toList();
    }

    /// The same as the framework was told it.
    private static List<String> heard(TestFramework framework, List<String> tasks) {
        return tasks.stream()
                .flatMap(task -> framework.log().of(task).stream())
                .map(Update::status)
                .map(status ->
                        status.getTaskId().getValue()
                                + " "
                                + Base64.getEncoder()
                                        .encodeToString(status.getUuid().toByteArray()))
                .toList();
    }

    private static List<String> added(List<JsonNode> events) {
        return events.stream()
                .map(event -> event.path("task_added").path("task").path("task_id"))
                .filter(id -> id.has("value"))
                .map(id -> id.path("value").asString())
                .toList();
    }
}
