package io.meseta.endtoend.corpus;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.meseta.endtoend.harness.Setup;
import io.meseta.endtoend.harness.TestCluster;
import io.meseta.testkit.corpus.Differences;
import io.meseta.testkit.corpus.Recorded;
import io.meseta.testkit.http.RawHttp;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Plays what frameworks once did with a running Mesos again, where the recordings are. What is
/// known to differ, and why, is in `corpus-differences.txt`.
final class FlowCorpusIT {

    @Test
    void goesAsItWentWithMesos() throws Exception {
        var group = "scheduler-basic-json";
        var folder = Recorded.folder();
        assumeTrue(folder.isPresent(), "the recordings are not beside the repository");
        var setup =
                new Setup(
                        "flow-" + group,
                        1,
                        1,
                        "cpus:4;mem:4096;disk:8192;ports:[31000-32000]",
                        List.of(),
                        List.of(
                                "--meseta.agent.attributes=rack:r1;zone:z1;num:5",
                                "--meseta.agent.hostname=127.0.0.1"));
        try (var cluster = TestCluster.start(setup)) {
            play(group, folder.get(), cluster);
        }
    }

    private static void play(String group, Path folder, TestCluster cluster) throws Exception {
        var differences = differences();
        var agent = cluster.client().agents().getAgents(0).getAgentInfo().getId().getValue();
        try (var flow =
                new FlowReplay(
                        new RawHttp(cluster.masterEndpoint().base().getPort()),
                        agent,
                        name -> differences.has(group, name),
                        UnaryOperator.identity())) {

            flow.replay(Recorded.group(folder, group));

            System.out.printf(
                    "corpus %s: %d compared, %d match%n",
                    group, flow.names().size(), flow.names().size() - flow.mismatches().size());
            differences.check(group, flow.names(), flow.mismatches());
        }
    }

    private static Differences differences() throws Exception {
        return Differences.read(
                Objects.requireNonNull(
                        FlowCorpusIT.class.getResourceAsStream("/corpus-differences.txt")));
    }
}
