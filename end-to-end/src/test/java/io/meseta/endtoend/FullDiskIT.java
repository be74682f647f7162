package io.meseta.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.meseta.endtoend.framework.TestFramework;
import io.meseta.endtoend.harness.GatedTasks;
import io.meseta.endtoend.harness.Refusals;
import io.meseta.endtoend.harness.Setup;
import io.meseta.endtoend.harness.TestCluster;
import io.meseta.testkit.Await;
import io.meseta.testkit.database.KillableDatabase;
import io.meseta.testkit.database.SmallDisk;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The database's disk is full, which is told to it in the middle of a write.
final class FullDiskIT {

    /// PostgreSQL's own files and two files of its log, and a little for the journal.
    private static final int MEGABYTES = 120;

    private static final Duration RECOVERY_MAX = Duration.ofSeconds(90);

    @TempDir private Path gates;

    @Test
    void promisesNothingWithoutRoomAndGoesOnWithIt() throws Exception {
        try (var disk = disk();
                var cluster =
                        TestCluster.start(
                                Setup.named("full-disk")
                                        .withMasterOption("--meseta.master.lease=2s")
                                        .withAgentOption("--meseta.agent.link.backoff-max=500ms"),
                                KillableDatabase.startOn(disk))) {
            try (var framework = TestFramework.subscribe(cluster.masterEndpoint(), "survivor")) {
                fill(disk, cluster, framework);
                framework.awaitAcknowledged();
            } catch (RuntimeException | AssertionError failure) {
                failure.addSuppressed(new AssertionError("they said:\n" + cluster.logs()));
                throw failure;
            }
        }
    }

    private void fill(SmallDisk disk, TestCluster cluster, TestFramework framework)
            throws Exception {
        var id = framework.id();
        var tasks = new GatedTasks(framework, gates);
        tasks.launchGated("before", 4);
        tasks.awaitRunning("before", 4);

        disk.fill();
        try {
            Refusals.awaitFrom(cluster, 1);
            tasks.open("before");
            Await.within(RECOVERY_MAX)
                    .until("the tasks have ended", () -> tasks.processesOf("before") == 0);
            assertThat(cluster.master().isAlive()).isTrue();
        } finally {
            disk.clear();
        }

        tasks.awaitWholeLives("before", 4);
        tasks.launchShort("after", 3);
        tasks.awaitWholeLives("after", 3);
        assertThat(framework.id()).isEqualTo(id);
    }

    private static SmallDisk disk() {
        try {
            return SmallDisk.of(MEGABYTES);
        } catch (SmallDisk.NotPermitted refused) {
            var said = "NOT TESTED with a full disk: " + refused.getMessage();
            System.err.println(said);
            return abort(said);
        }
    }
}
