package io.meseta.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.endtoend.framework.TaskWish;
import io.meseta.endtoend.framework.TestFramework;
import io.meseta.endtoend.harness.Running;
import io.meseta.endtoend.harness.Setup;
import io.meseta.endtoend.harness.Traces;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.TaskStatus;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A machine is gone, or seems to be: what frameworks are told of its tasks, and what when it comes
/// back. Here the link of a silent agent is given up, and the agent itself, after five seconds.
final class LostAgentIT {

    @RegisterExtension
    static final Running RUNNING =
            Running.cluster(
                    Setup.named("lost-agent")
                            .withMasterOption("--meseta.master.links.heartbeat-interval=1s")
                            .withMasterOption("--meseta.master.terms.agent-silence-max=5s"));

    private static final Duration SILENCE_MAX = Duration.ofSeconds(30);
    private static final Duration RETURN_MAX = Duration.ofSeconds(60);

    private TestFramework framework;

    @BeforeEach
    void subscribe() {
        framework = TestFramework.subscribe(RUNNING.cluster().masterEndpoint(), "bereft");
    }

    @AfterEach
    void hangUp() {
        framework.awaitAcknowledged();
        framework.close();
    }

    @Test
    void tellsThatATaskIsUnreachableAndAtItsReturnThatItHasEnded() {
        var cluster = RUNNING.cluster();
        framework.launch(TaskWish.shell("lost", "sleep 600"));
        framework.await("lost", TaskState.TASK_RUNNING);

        cluster.agent(1).kill();
        Traces.kill(cluster.workDirectory(1));

        var unreachable = framework.await("lost", TaskState.TASK_UNREACHABLE, SILENCE_MAX);
        assertThat(unreachable.getSource()).isEqualTo(TaskStatus.Source.SOURCE_MASTER);
        assertThat(unreachable.getReason()).isEqualTo(TaskStatus.Reason.REASON_AGENT_REMOVED);
        assertThat(unreachable.hasUnreachableTime()).isTrue();
        assertThat(cluster.activeAgents()).isZero();

        cluster.agent(1).start();

        var end = framework.await("lost", TaskState.TASK_FAILED, RETURN_MAX);
        assertThat(end.getUuid().isEmpty()).isFalse();
    }

    @Test
    void takesATaskBackThatHasOutlivedItsAgentsSilence() {
        var cluster = RUNNING.cluster();
        framework.launch(TaskWish.shell("outlives", "sleep 600"));
        framework.await("outlives", TaskState.TASK_RUNNING);

        cluster.agent(1).kill();
        framework.await("outlives", TaskState.TASK_UNREACHABLE, SILENCE_MAX);
        cluster.agent(1).start();
        cluster.awaitAgents(1);

        framework.kill("outlives");
        framework.await("outlives", TaskState.TASK_KILLED, RETURN_MAX);
        assertThat(framework.log().states("outlives"))
                .containsExactly(
                        TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_KILLED);
    }

    @Test
    void sparesTheTasksOfAnAgentThatIsAskedToEnd() {
        var cluster = RUNNING.cluster();
        framework.launch(TaskWish.shell("spared", "sleep 600"));
        framework.await("spared", TaskState.TASK_RUNNING);

        cluster.agent(1).terminate();
        assertThat(cluster.tasksOf(1)).isNotEmpty();
        cluster.agent(1).start();
        cluster.awaitAgents(1);

        framework.kill("spared");
        framework.await("spared", TaskState.TASK_KILLED, RETURN_MAX);
    }
}
