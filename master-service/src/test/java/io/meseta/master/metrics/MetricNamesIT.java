package io.meseta.master.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.meseta.master.journal.JournalMeters;
import io.meseta.master.testing.OperatorStream;
import io.meseta.master.testing.Samples;
import io.meseta.master.testing.ScriptedAgent;
import io.meseta.master.testing.ScriptedFramework;
import io.meseta.master.testing.TestMaster;
import io.meseta.mesos.v1.TaskState;
import io.meseta.testkit.Await;
import io.meseta.testkit.corpus.Likeness;
import io.meseta.testkit.corpus.Recorded;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Holds our figures against those of a running Mesos: what we do not have is listed with the
/// reason in `metric-absences.txt`.
final class MetricNamesIT {

    private TestMaster master;

    @BeforeEach
    void start() {
        master = TestMaster.start();
    }

    @AfterEach
    void stop() {
        master.close();
    }

    /// One line of the list: a pattern, two spaces or more, a reason.
    private record Absence(Pattern names, String reason) {

        static Absence read(String line) {
            int gap = line.indexOf("  ");
            assertThat(gap).as(line).isPositive();
            return new Absence(
                    Pattern.compile(line.substring(0, gap)), line.substring(gap).strip());
        }
    }

    @Test
    void hasEveryNameOfMesosOrSaysWhyNot() throws IOException {
        var folder = Recorded.folder();
        assumeTrue(folder.isPresent(), "the recordings are not beside the repository");
        // The journal's figures come with its meters, which come with a database.
        new JournalMeters(master.bean(MeterRegistry.class));
        var recorded =
                Recorded.group(folder.get(), "master-agent-endpoints").stream()
                        .filter(each -> each.name().endsWith("GET_metrics_snapshot"))
                        .findFirst()
                        .orElseThrow();
        var missing = new TreeSet<>(Likeness.figures(recorded.responseBody()));
        assertThat(missing).hasSizeGreaterThan(200);
        missing.removeAll(figures().keySet());

        var absences = absences();

        assertThat(missing).allMatch(name -> absences.stream().anyMatch(each -> isOf(each, name)));
        assertThat(absences)
                .as("figures that are there after all")
                .allMatch(each -> missing.stream().anyMatch(name -> isOf(each, name)));
    }

    @Test
    void countsWhatHappens() {
        try (var agent =
                        ScriptedAgent.hello(
                                master.http(),
                                ScriptedAgent.machine().build(),
                                ScriptedAgent.running());
                var framework = ScriptedFramework.subscribe(master.http(), Samples.MODERN)) {
            framework.launch(framework.offer(), Samples.task("t1", agent.id()));
            framework.await(
                    "it runs",
                    event -> event.getUpdate().getStatus().getState() == TaskState.TASK_RUNNING);
            framework.call("KILL", "\"kill\":{\"task_id\":{\"value\":\"t1\"}}");

            await("master/slave_registrations", 1);
            await("master/messages_register_slave", 1);
            await("master/messages_register_framework", 1);
            await("master/valid_status_updates", 3);
            await("allocator/mesos/resources/cpus/total", 4);
            await("master/task_killed/source_executor", 1);
            assertThat(figures().get("allocator/mesos/roles/dev/shares/dominant")).isNotNull();
            assertThat(figures().get("allocator/mesos/allocation_runs")).isPositive();
            assertThat(figures().get("allocator/mesos/allocation_run_ms/count")).isPositive();
            assertThat(figures().get("allocator/mesos/allocation_run_ms/max")).isPositive();
        }
    }

    @Test
    void countsWhoIsReadingTheEvents() {
        try (var _ = OperatorStream.open(master.http(), "application/json")) {
            await("master/operator_event_stream_subscribers", 1);
        }
        await("master/operator_event_stream_subscribers", 0);
    }

    private void await(String name, double value) {
        Await.shortly()
                .until(name + " is " + value, () -> Objects.equals(figures().get(name), value));
    }

    private Map<String, Double> figures() {
        return master.bean(MesosMetrics.class).snapshot();
    }

    private static boolean isOf(Absence absence, String name) {
        return absence.names().matcher(name).matches();
    }

    private static List<Absence> absences() throws IOException {
        try (var text =
                Objects.requireNonNull(
                        MetricNamesIT.class.getResourceAsStream("/metric-absences.txt"))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Absence::read)
                    .toList();
        }
    }
}
