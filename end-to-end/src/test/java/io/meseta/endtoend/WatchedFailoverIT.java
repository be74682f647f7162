package io.meseta.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.endtoend.framework.TaskWish;
import io.meseta.endtoend.framework.TestFramework;
import io.meseta.endtoend.framework.Update;
import io.meseta.endtoend.harness.Running;
import io.meseta.endtoend.harness.Setup;
import io.meseta.endtoend.wire.ChangeWatch;
import io.meseta.testkit.Await;
import io.meseta.testkit.http.EventStream;
import io.meseta.testkit.http.RawHttp;
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

/// Who watches a cluster and was away goes on where it was: with the same leader, and with the next
/// one after the leader was killed. What was missed is told, nothing is told twice, and who was
/// away for too long is told that it begins anew.
final class WatchedFailoverIT {

    /// More than a few tasks make of entries in the journal, and soon exceeded on purpose.
    private static final int RETOLD_MAX = 300;

    @RegisterExtension
    static final Running RUNNING =
            Running.cluster(
                    Setup.named("watched")
                            .withMasters(2)
                            .withMasterOption("--meseta.master.lease=2s")
                            .withMasterOption("--meseta.master.links.heartbeat-interval=500ms")
                            .withMasterOption("--meseta.master.events.retold-max=" + RETOLD_MAX)
                            .withAgentOption("--meseta.agent.link.backoff-max=500ms"));

    private static final Duration RECOVERY_MAX = Duration.ofSeconds(90);
    private static final int TASKS = 5;

    @Test
    void goesOnAfterTheLastEventThatWasRead() {
        int leader = leader();
        try (var framework =
                TestFramework.subscribe(RUNNING.cluster().masterEndpoints(), "browser")) {
            String last;
            try (var states = EventStream.open(new RawHttp(port(leader)))) {
                states.await("snapshot");
                framework.awaitEnds(launch(framework, "seen"), RECOVERY_MAX);
                last = states.awaitTask("seen-" + TASKS, "TASK_FINISHED").id();
            }
            framework.awaitEnds(launch(framework, "unseen"), RECOVERY_MAX);

            try (var again = EventStream.resume(new RawHttp(port(leader)), last)) {
                again.awaitTask("unseen-" + TASKS, "TASK_FINISHED");

                var told = again.heard();
                assertThat(told).noneMatch(each -> each.event().equals("snapshot"));
                assertThat(states(told, "unseen-1")).endsWith("TASK_FINISHED");
                assertThat(states(told, "seen-1")).isSubsetOf("TASK_FINISHED");
                assertThat(told)
                        .filteredOn(each -> !each.id().isEmpty())
                        .allMatch(each -> version(each) > version(last));
            }
        }
    }

    @Test
    void missesNothingAndHearsNothingTwice() throws IOException {
        var cluster = RUNNING.cluster();
        int leader = leader();
        try (var framework = TestFramework.subscribe(cluster.masterEndpoints(), "watched");
                var first = ChangeWatch.open(port(leader), OptionalLong.empty()).orElseThrow();
                var states = EventStream.open(new RawHttp(port(leader)))) {
            Await.within(RECOVERY_MAX).until("it watches", () -> first.has("SUBSCRIBED"));
            var early = first.newest();
            fillJournal(leader);
            var seen = states.await("snapshot").id();
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
                assertThat(told(first.events())).doesNotHaveDuplicates();
                assertThat(told(second.events())).doesNotHaveDuplicates();
                // Of an entry that was read in part all is told again, and of no other.
                assertThat(told(second.events())).doesNotContainAnyElementsOf(told(whole(first)));
                assertThat(told(all)).containsAll(heard(framework, before));
                assertThat(told(all)).containsAll(heard(framework, meanwhile));
                assertThat(added(all)).containsAll(before).containsAll(meanwhile);
                assertThat(added(second.events())).doesNotContainAnyElementsOf(added(whole(first)));
            }
            checkThatItBeginsAnew(next, early, seen);
            cluster.master(leader).start();
            cluster.awaitMaster(leader);
        }
    }

    /// More entries than are told again, of which a reader of tasks and frameworks hears nothing.
    private static void fillJournal(int leader) {
        for (int i = 0; i <= RETOLD_MAX; i++) {
            var weight =
                    """
                    {"type":"UPDATE_WEIGHTS","update_weights":{"weight_infos":[
                     {"role":"filler","weight":%d}]}}
                    """
                            .formatted(1 + i % 2);
            assertThat(new RawHttp(port(leader)).postJson("/api/v1", weight).status())
                    .isEqualTo(200);
        }
    }

    /// Who knows only what is too long ago, and who knows a state of another leader.
    private static void checkThatItBeginsAnew(int next, OptionalLong early, String seen) {
        try (var late = goOn(next, early)) {
            Await.within(RECOVERY_MAX).until("it has all", () -> late.has("SUBSCRIBED"));

            assertThat(late.events().getFirst().path("type").asString()).isEqualTo("RESET");
            assertThat(late.events().getFirst().path("reset").path("reason").asString())
                    .isEqualTo("too much has changed since");
            assertThat(late.has("RESUMED")).isFalse();
        }
        try (var states = EventStream.resume(new RawHttp(port(next)), seen)) {
            var anew = states.await("snapshot");

            assertThat(states.heard().getFirst()).isEqualTo(anew);
            assertThat(anew.data().path("tasks").size()).isGreaterThanOrEqualTo(2 * TASKS);
        }
    }

    private static long version(EventStream.Sse event) {
        return version(event.id());
    }

    private static long version(String id) {
        return Long.parseLong(id.substring(id.indexOf('-') + 1));
    }

    /// What became of a task, as it was told.
    private static List<String> states(List<EventStream.Sse> told, String task) {
        return told.stream()
                .flatMap(each -> each.data().path("tasks").valueStream())
                .filter(each -> each.path("id").asString().equals(task))
                .map(each -> each.path("state").asString())
                .distinct()
                .toList();
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

    /// What came with a lower number than the newest: it was read to its end.
    private static List<JsonNode> whole(ChangeWatch watch) {
        long newest = watch.newest().orElseThrow();
        return watch.events().stream()
                .filter(event -> event.path("sequence").asLong(0) < newest)
                .toList();
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
