package io.meseta.agent.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.meseta.mesos.v1.agent.Response;
import io.meseta.testkit.corpus.Recorded;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Holds our figures against those of a running Mesos agent: what we do not have is listed with the
/// reason in `metric-absences.txt`.
@Timeout(60)
final class MetricNamesIT {

    private static final Pattern GAP = Pattern.compile(" {2,}.*");

    @TempDir private Path work;

    @Test
    void hasEveryNameOfMesosOrSaysWhyNot() throws Exception {
        var folder = Recorded.folder();
        assumeTrue(folder.isPresent(), "the recordings are not beside the repository");
        var recorded =
                Recorded.group(folder.get(), "agent-operator").stream()
                        .filter(each -> each.name().endsWith("GET_METRICS.pb"))
                        .findFirst()
                        .orElseThrow();
        var missing = new TreeSet<String>();
        for (var metric :
                Response.parseFrom(recorded.responseBody()).getGetMetrics().getMetricsList())
            missing.add(metric.getName());
        assertThat(missing).hasSizeGreaterThan(50);
        try (var master = new FakeMaster();
                var agent = RunningAgent.start(work, master)) {
            master.awaitHello(1);
            var figures = Recorded.JSON.readTree(agent.get("/metrics/snapshot").body());
            for (var figure : figures.properties()) missing.remove(figure.getKey());
        }

        var absences = absences();

        assertThat(missing)
                .allMatch(name -> absences.stream().anyMatch(each -> each.matcher(name).matches()));
        assertThat(absences)
                .as("figures that are there after all")
                .allMatch(each -> missing.stream().anyMatch(each.asMatchPredicate()));
    }

    private static List<Pattern> absences() throws Exception {
        try (var text =
                Objects.requireNonNull(
                        MetricNamesIT.class.getResourceAsStream("/metric-absences.txt"))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> Pattern.compile(GAP.matcher(line).replaceFirst("")))
                    .toList();
        }
    }
}
