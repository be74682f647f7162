package io.meseta.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.endtoend.framework.TestFramework;
import io.meseta.endtoend.framework.Update;
import io.meseta.endtoend.harness.GatedTasks;
import io.meseta.endtoend.harness.Running;
import io.meseta.endtoend.harness.Setup;
import io.meseta.endtoend.harness.TestCluster;
import io.meseta.endtoend.network.LeaderWatch;
import io.meseta.endtoend.network.Network;
import io.meseta.endtoend.network.Network.Side;
import io.meseta.mesos.v1.TaskID;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.mesos.v1.scheduler.Call;
import io.meseta.testkit.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Two masters and an agent, each on a machine of its own as far as the network is concerned, whose
/// cables are pulled: packets are lost, and nobody is told. It takes root.
///
/// The same with a wire in this process, which also runs elsewhere: FailoverIT.
final class NetworkPartitionIT {

    @RegisterExtension
    @Order(1)
    static final Network NETWORK = Network.of(2, 1);

    @RegisterExtension
    @Order(2)
    static final Running RUNNING =
            Running.cluster(
                    Setup.named("partition")
                            .withMasters(2)
                            .withMasterOption("--meseta.master.lease=2s")
                            .withMasterOption("--meseta.master.links.heartbeat-interval=500ms")
                            .withMasterOption("--meseta.master.terms.agent-silence-max=5s")
                            .withAgentOption("--meseta.agent.link.backoff-max=500ms"),
                    NETWORK);

    private static final Duration RECOVERY_MAX = Duration.ofSeconds(90);

    @TempDir private Path gates;
    private TestCluster cluster;
    private TestFramework framework;
    private GatedTasks tasks;

    @BeforeEach
    void subscribe() {
        cluster = RUNNING.cluster();
        framework = TestFramework.subscribe(cluster.masterEndpoints(), "survivor");
        tasks = new GatedTasks(framework, gates);
    }

    @AfterEach
    void hangUp() {
        NETWORK.mendAll();
        framework.awaitAcknowledged();
        framework.close();
    }

    /// Nobody but the leader loses the database, and the leader hears everybody else. Its last word
    /// as a leader comes before its lease ends for the others.
    @Test
    void speaksAsALeaderNoLongerThanItsLeaseWhenItHasLostTheDatabase() throws Exception {
        var id = framework.id();
        int leader = leader();
        long epoch = epoch();
        var all = new ArrayList<>(tasks.launchGated("bereft", 4));
        tasks.awaitRunning("bereft", 4);

        long end;
        try (var watch = LeaderWatch.of(cluster.masterEndpoint(leader))) {
            watch.awaitAnswer();
            NETWORK.cutMaster(leader, Side.DATABASE);
            tasks.open("bereft");
            all.addAll(tasks.launchShort("meanwhile", 3));
            end = LeaderWatch.endOfLease(cluster.database().database(), epoch, RECOVERY_MAX);
            another(leader);
            // Nothing that was asked after that end was answered by a leader.
            assertThat(watch.lastSentNanos() - end).isNotPositive();
        }
        tasks.awaitWholeLives(all);

        NETWORK.mendMaster(leader, Side.DATABASE);
        assertThat(framework.id()).isEqualTo(id);
        assertSteppedDown(leader, epoch);
    }

    @Test
    void goesOnWithTheNextWhenNothingReachesTheLeader() {
        var id = framework.id();
        int subscriptions = framework.subscriptions();
        int leader = leader();
        long epoch = epoch();
        var all = new ArrayList<>(tasks.launchGated("alone", 4));
        tasks.awaitRunning("alone", 4);

        for (var side : Side.values()) NETWORK.cutMaster(leader, side);
        tasks.open("alone");
        another(leader);
        // Whoever speaks to a machine that is gone waits for as long as it has patience.
        Await.within(RECOVERY_MAX)
                .until(
                        "the framework has noticed",
                        () -> framework.subscriptions() > subscriptions);
        all.addAll(tasks.launchShort("meanwhile", 3));
        tasks.awaitWholeLives(all);
        for (var side : Side.values()) NETWORK.mendMaster(leader, side);

        assertThat(framework.id()).isEqualTo(id);
        assertSteppedDown(leader, epoch);
    }

    @Test
    void takesBackAnAgentThatNoMasterHasHeardOf() {
        tasks.launchGated("stays", 1);
        tasks.launchGated("ends", 1);
        tasks.awaitRunning("stays", 1);
        tasks.awaitRunning("ends", 1);

        NETWORK.cutAgent(1);
        var unreachable = framework.await("stays-0", TaskState.TASK_UNREACHABLE, RECOVERY_MAX);
        assertThat(unreachable.getReason()).isEqualTo(TaskStatus.Reason.REASON_AGENT_REMOVED);
        framework.await("ends-0", TaskState.TASK_UNREACHABLE, RECOVERY_MAX);
        assertThat(cluster.activeAgents()).isZero();
        tasks.open("ends");
        Await.within(RECOVERY_MAX).until("one ends", () -> tasks.processesOf("ends") == 0);
        assertThat(tasks.processesOf("stays")).isPositive();

        NETWORK.mendAgent(1);
        cluster.awaitAgents(1);
        tasks.awaitWholeLives("ends", 1);
        awaitReconciledRunning("stays-0");
        tasks.open("stays");
        tasks.awaitWholeLives("stays", 1);
    }

    private void awaitReconciledRunning(String task) {
        var asked = Call.Reconcile.Task.newBuilder().setTaskId(TaskID.newBuilder().setValue(task));
        var call = Call.newBuilder().setType(Call.Type.RECONCILE);
        call.getReconcileBuilder().addTasks(asked);
        framework.call(call);
        Await.within(RECOVERY_MAX)
                .until(task + " is known to run", () -> isRunning(framework.log().all(task)));
    }

    private static boolean isRunning(List<Update> updates) {
        var last = updates.getLast();
        return !last.isReliable() && last.state() == TaskState.TASK_RUNNING;
    }

    /// It follows, has said that its reign is over and led no more, and has left nothing in the
    /// journal that came after its successor.
    private void assertSteppedDown(int master, long epoch) {
        var said = "The reign is over epoch=\"%d\"".formatted(epoch);
        cluster.awaitMaster(master);
        Await.within(RECOVERY_MAX)
                .until("it is over", () -> cluster.master(master).output().contains(said));
        assertThat(leader()).isNotEqualTo(master);
        assertThat(cluster.master(master).isAlive()).isTrue();
        var successors = "SELECT min(sequence) FROM journal WHERE epoch > " + epoch;
        var late =
                "SELECT count(*)::text FROM journal WHERE epoch <= %d AND sequence > (%s)"
                        .formatted(epoch, successors);
        assertThat(cluster.database().database().text(late)).isEqualTo("0");
    }

    private int leader() {
        return Await.within(RECOVERY_MAX).value("one master leads", cluster::leader);
    }

    private void another(int than) {
        Await.within(RECOVERY_MAX)
                .value(
                        "another master leads",
                        () -> cluster.leader().filter(leader -> leader != than));
    }

    private long epoch() {
        return Long.parseLong(
                cluster.database().database().text("SELECT epoch::text FROM journal_head"));
    }
}
