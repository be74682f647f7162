package io.meseta.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.endtoend.framework.TestFramework;
import io.meseta.endtoend.harness.GatedTasks;
import io.meseta.endtoend.harness.Refusals;
import io.meseta.endtoend.harness.Running;
import io.meseta.endtoend.harness.Setup;
import io.meseta.testkit.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Whatever happens to the database that two masters share: they promise nothing that they cannot
/// keep, tasks go on, and nothing that was acknowledged is lost.
///
/// That it dies is tested in SurvivalIT, that a master is cut off from it in FailoverIT, that its
/// disk is full in FullDiskIT.
final class DatabaseFaultsIT {

    @RegisterExtension
    static final Running RUNNING =
            Running.cluster(
                    Setup.named("database-faults")
                            .withMasters(2)
                            .withMasterOption("--meseta.master.lease=2s")
                            .withMasterOption("--meseta.master.links.heartbeat-interval=500ms")
                            .withAgentOption("--meseta.agent.link.backoff-max=500ms"));

    private static final Duration RECOVERY_MAX = Duration.ofSeconds(90);

    /// The most by which PostgreSQL can be told to put a commit's flush off, in microseconds.
    private static final int COMMIT_DELAY = 100_000;

    private static final int LOSSES = 3;

    @TempDir private Path gates;
    private TestFramework framework;
    private GatedTasks tasks;

    @BeforeEach
    void subscribe() {
        framework = TestFramework.subscribe(RUNNING.cluster().masterEndpoints(), "survivor");
        tasks = new GatedTasks(framework, gates);
    }

    @AfterEach
    void tearDown() {
        framework.awaitAcknowledged();
        framework.close();
    }

    @Test
    void promisesNothingWhileTheDatabaseStandsStill() throws Exception {
        var cluster = RUNNING.cluster();
        var id = framework.id();
        tasks.launchGated("still", 4);
        tasks.awaitRunning("still", 4);

        cluster.database().pause();
        try {
            tasks.open("still");
            Refusals.awaitFrom(cluster, 1);
            Refusals.awaitFrom(cluster, 2);
            // Nobody is asked whether they may end.
            Await.within(RECOVERY_MAX)
                    .until("the tasks have ended", () -> tasks.processesOf("still") == 0);
        } finally {
            cluster.database().resume();
        }

        tasks.awaitWholeLives("still", 4);
        assertThat(framework.id()).isEqualTo(id);
    }

    @Test
    void findsOutWhatBecameOfAppendsWhoseAnswersWereLost() throws Exception {
        var cluster = RUNNING.cluster();
        var id = framework.id();
        tasks.launchGated("doubtful", 3);
        tasks.awaitRunning("doubtful", 3);

        var all = new ArrayList<String>();
        for (int loss = 0; loss < LOSSES; loss++) {
            int leader = leader();
            cluster.wire(leader).loseAnswers();
            all.addAll(tasks.launchShort("lost-" + loss, 2));
            Await.within(RECOVERY_MAX)
                    .until(
                            "another master leads",
                            () -> cluster.leader().filter(each -> each != leader).isPresent());
            cluster.wire(leader).mend();
            cluster.awaitMaster(leader);
        }
        tasks.open("doubtful");

        tasks.awaitWholeLives("doubtful", 3);
        tasks.awaitWholeLives(all);
        assertThat(framework.id()).isEqualTo(id);
    }

    @Test
    void keepsItsLeadWhileEachCommitWaits() throws Exception {
        var cluster = RUNNING.cluster();
        int leader = leader();
        var server = cluster.database().database();
        server.run("ALTER SYSTEM SET commit_delay = " + COMMIT_DELAY);
        server.run("ALTER SYSTEM SET commit_siblings = 0");
        server.run("SELECT pg_reload_conf()");
        long lines = reigns(leader);
        try {
            tasks.launchShort("slow", 10);
            tasks.awaitWholeLives("slow", 10);
        } finally {
            server.run("ALTER SYSTEM RESET ALL");
            server.run("SELECT pg_reload_conf()");
        }

        assertThat(cluster.leader()).contains(leader);
        assertThat(reigns(leader)).isEqualTo(lines);
    }

    private static long reigns(int master) {
        return RUNNING.cluster()
                .master(master)
                .output()
                .lines()
                .filter(line -> line.contains("This master leads"))
                .count();
    }

    private static int leader() {
        return Await.within(RECOVERY_MAX).value("one master leads", RUNNING.cluster()::leader);
    }
}
