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
import io.meseta.testkit.database.StandbyDatabase;
import io.meseta.testkit.database.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The database dies for good, and a server that has followed it takes its place. Masters know both
/// by one URL, and go on with whichever takes writes.
final class DatabaseFailoverIT {

    private static final Duration RECOVERY_MAX = Duration.ofSeconds(90);

    @TempDir private Path gates;

    @Test
    void goesOnWithTheDatabaseThatTookTheOthersPlace() throws Exception {
        try (var first = KillableDatabase.start()) {
            if (!Files.exists(Path.of(first.database().text("SHOW data_directory"))))
                abort("PostgreSQL runs elsewhere, where its files can't be copied");
            try (var second = StandbyDatabase.of(first);
                    var cluster = TestCluster.start(setup(first, second), first)) {
                try (var framework =
                        TestFramework.subscribe(cluster.masterEndpoint(), "survivor")) {
                    failOver(second, cluster, framework);
                    framework.awaitAcknowledged();
                } catch (RuntimeException | AssertionError failure) {
                    failure.addSuppressed(new AssertionError("they said:\n" + cluster.logs()));
                    throw failure;
                }
            }
        }
    }

    private static Setup setup(KillableDatabase first, StandbyDatabase second) {
        var url =
                "jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/%s?user=%s&targetServerType=primary"
                        .formatted(
                                first.database().port(),
                                second.database().port(),
                                first.database().name(),
                                TestDatabase.USER);
        return Setup.named("database-failover")
                .withMasterOption("--spring.datasource.url=" + url)
                .withMasterOption("--meseta.master.lease=2s")
                .withAgentOption("--meseta.agent.link.backoff-max=500ms");
    }

    private void failOver(StandbyDatabase second, TestCluster cluster, TestFramework framework)
            throws Exception {
        var id = framework.id();
        var tasks = new GatedTasks(framework, gates);
        tasks.launchGated("before", 4);
        tasks.awaitRunning("before", 4);

        cluster.database().kill();
        Refusals.awaitFrom(cluster, 1);
        tasks.open("before");
        Await.within(RECOVERY_MAX)
                .until("the tasks have ended", () -> tasks.processesOf("before") == 0);
        second.promote();

        tasks.awaitWholeLives("before", 4);
        tasks.launchShort("after", 3);
        tasks.awaitWholeLives("after", 3);
        assertThat(framework.id()).isEqualTo(id);
        assertThat(second.database().text("SELECT count(*) FROM journal")).isNotEqualTo("0");
    }
}
