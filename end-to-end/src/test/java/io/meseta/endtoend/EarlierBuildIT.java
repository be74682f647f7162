package io.meseta.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.meseta.endtoend.framework.TaskWish;
import io.meseta.endtoend.framework.TestFramework;
import io.meseta.endtoend.harness.EarlierBuild;
import io.meseta.endtoend.harness.Setup;
import io.meseta.endtoend.harness.TestCluster;
import io.meseta.mesos.v1.TaskState;
import io.meseta.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A master of this build and one of the last build that raised the feature level work as a pair:
/// each takes over from the other, and tasks live through both.
///
/// Long, since the earlier one has to be built.
@Tag("long")
final class EarlierBuildIT {

    private static final int EARLIER = 1;
    private static final int THIS = 2;

    private static final List<TaskState> WHOLE_LIFE =
            List.of(TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_FINISHED);

    private static final Duration RECOVERY_MAX = Duration.ofSeconds(90);

    /// Nothing that the earlier build may not know.
    private static final Setup SETUP =
            Setup.named("earlier-build")
                    .withMasters(2)
                    .withMasterOption("--meseta.master.lease=2s")
                    .withMasterOption("--meseta.master.links.heartbeat-interval=500ms")
                    .withAgentOption("--meseta.agent.link.backoff-max=500ms");

    @TempDir private Path gates;

    @Test
    void leadsAfterTheEarlierBuildAndBeforeIt() throws Exception {
        try (var cluster = TestCluster.start(SETUP, Map.of(EARLIER, earlier()))) {
            try (var framework =
                    TestFramework.subscribe(cluster.masterEndpoints(), "through-both")) {
                live(cluster, framework);
                framework.awaitAcknowledged();
            } catch (RuntimeException | AssertionError failure) {
                failure.addSuppressed(new AssertionError("they said:\n" + cluster.logs()));
                throw failure;
            }
        }
    }

    private void live(TestCluster cluster, TestFramework framework) throws Exception {
        makeLead(cluster, EARLIER);
        launch(framework, "first");

        cluster.master(EARLIER).kill();
        awaitLeader(cluster, THIS);
        launch(framework, "second");
        openGate("first");
        framework.awaitEnds(List.of("first"), RECOVERY_MAX);

        cluster.master(EARLIER).start();
        cluster.awaitMaster(EARLIER);
        cluster.master(THIS).kill();
        awaitLeader(cluster, EARLIER);
        launch(framework, "third");
        openGate("second");
        framework.awaitEnds(List.of("second"), RECOVERY_MAX);

        cluster.master(THIS).start();
        cluster.awaitMaster(THIS);
        cluster.master(EARLIER).terminate();
        awaitLeader(cluster, THIS);
        openGate("third");
        framework.awaitEnds(List.of("third"), RECOVERY_MAX);
        for (var task : List.of("first", "second", "third"))
            assertThat(framework.log().states(task)).as(task).isEqualTo(WHOLE_LIFE);
    }

    private static Path earlier() {
        try {
            return EarlierBuild.master();
        } catch (EarlierBuild.Unavailable unavailable) {
            var said = "NOT TESTED with the earlier build: " + unavailable.getMessage();
            System.err.println(said);
            return abort(said);
        }
    }

    /// Whichever came first leads; the other follows once it is killed.
    private static void makeLead(TestCluster cluster, int wanted) {
        int leader = Await.within(RECOVERY_MAX).value("one master leads", cluster::leader);
        if (leader == wanted) return;
        cluster.master(leader).kill();
        awaitLeader(cluster, wanted);
        cluster.master(leader).start();
        cluster.awaitMaster(leader);
    }

    private static void awaitLeader(TestCluster cluster, int wanted) {
        Await.within(RECOVERY_MAX)
                .until(
                        "master " + wanted + " leads",
                        () -> cluster.leader().filter(each -> each == wanted).isPresent());
    }

    private void launch(TestFramework framework, String name) {
        var wait = "while [ ! -e '%s' ]; do sleep 0.1; done".formatted(gates.resolve(name));
        framework.launch(TaskWish.shell(name, wait));
        framework.await(name, TaskState.TASK_RUNNING, RECOVERY_MAX);
    }

    private void openGate(String name) throws Exception {
        Files.createFile(gates.resolve(name));
    }
}
