package io.meseta.master.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.cluster.effect.Effect.Word;
import io.meseta.master.play.Play;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Resources;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatusReportsTest {

    private final Play play = new Play();
    private FrameworkId framework = new FrameworkId("none");
    private AgentId agent = new AgentId("none");
    private TaskKey key = new TaskKey(framework, new io.meseta.model.TaskId("none"));

    @BeforeEach
    void aTaskIsLaunched() {
        framework = play.framework();
        agent = play.agent("cpus:4;mem:1024");
        key = play.launch(framework, "t", "cpus:1;mem:64");
    }

    @Test
    void passesAStatusOnAndWaitsForItsReceipt() {
        play.report(key, TaskState.TASK_RUNNING, 1);

        assertThat(play.heard(framework)).containsExactly(TaskState.TASK_RUNNING);
        assertThat(play.task(key).awaits(Play.uuid(1))).isTrue();
    }

    @Test
    void repeatsAStatusWithoutJournallingItAgain() {
        play.report(key, TaskState.TASK_RUNNING, 1);
        long before = play.committer.sequence();

        play.report(key, TaskState.TASK_RUNNING, 1);

        assertThat(play.heard(framework)).containsExactly(TaskState.TASK_RUNNING);
        assertThat(play.committer.sequence()).isEqualTo(before);
    }

    @Test
    void handsTheReceiptToTheAgent() {
        play.report(key, TaskState.TASK_RUNNING, 1);

        play.acknowledge(key, 1);

        assertThat(play.told(agent)).containsExactly(new Word.Acknowledged(key, Play.uuid(1)));
    }

    @Test
    void answersForAFrameworkWhoseReceiptGotLost() {
        play.report(key, TaskState.TASK_RUNNING, 1);
        play.acknowledge(key, 1);

        play.report(key, TaskState.TASK_RUNNING, 1);

        assertThat(play.heard(framework)).isEmpty();
        assertThat(play.told(agent)).containsExactly(new Word.Acknowledged(key, Play.uuid(1)));
    }

    @Test
    void tellsNoFrameworkOfAReportThatComesLate() {
        play.report(key, TaskState.TASK_STARTING, 1);
        play.acknowledge(key, 1);
        play.report(key, TaskState.TASK_RUNNING, 2);
        play.acknowledge(key, 2);

        play.report(key, TaskState.TASK_STARTING, 1);

        assertThat(play.heard(framework)).isEmpty();
        assertThat(play.task(key).trail().told()).isEqualTo(TaskState.TASK_RUNNING);
    }

    @Test
    void keepsWaitingForTheNewestWhenALateReportComes() {
        play.report(key, TaskState.TASK_STARTING, 1);
        play.acknowledge(key, 1);
        play.report(key, TaskState.TASK_RUNNING, 2);
        play.acknowledge(key, 2);
        play.report(key, TaskState.TASK_FINISHED, 3);

        play.report(key, TaskState.TASK_STARTING, 1);
        play.acknowledge(key, 3);

        assertThat(play.cluster().tasks().find(key)).isEmpty();
    }

    @Test
    void freesTheResourcesWithTheFirstSignOfTheEnd() {
        var running = Play.status(TaskState.TASK_RUNNING, 1);

        play.report(key, running, TaskState.TASK_FINISHED);

        assertThat(play.heard(framework)).containsExactly(TaskState.TASK_RUNNING);
        assertThat(play.task(key).holdsResources()).isFalse();
    }

    @Test
    void completesATaskWithTheReceiptForItsEnd() {
        play.finish(key, TaskState.TASK_FINISHED, 1);

        assertThat(play.cluster().tasks().find(key)).isEmpty();
        assertThat(play.cluster().completed().find(key)).isPresent();
    }

    @Test
    void dropsAReceiptThatNobodyWaitsFor() {
        play.report(key, TaskState.TASK_RUNNING, 1);

        play.acknowledge(key, 7);

        assertThat(play.effects).isEmpty();
        assertThat(play.task(key).awaits(Play.uuid(1))).isTrue();
    }

    @Test
    void letsTheAgentForgetATaskThatNobodyKnows() {
        play.finish(key, TaskState.TASK_FINISHED, 1);
        var status = Play.status(TaskState.TASK_FINISHED, 1);

        play.put(new Command.Report(agent, play.link(agent), key, status, TaskState.TASK_FINISHED));

        assertThat(play.told(agent)).containsExactly(new Word.Acknowledged(key, Play.uuid(1)));
    }

    @Test
    void letsTheAgentForgetAnEarlierTaskOfTheSameId() {
        var status = Play.status(TaskState.TASK_KILLED, 1);
        long order = play.task(key).placement().order();
        var link = play.link(agent);

        play.put(new Command.Report(agent, link, key, status, TaskState.TASK_KILLED, order + 7));

        assertThat(play.told(agent)).containsExactly(new Word.Acknowledged(key, Play.uuid(1)));
        assertThat(play.heard(framework)).isEmpty();
        assertThat(play.task(key).state()).isEqualTo(TaskState.TASK_STAGING);

        play.put(new Command.Report(agent, link, key, status, TaskState.TASK_KILLED, order));

        assertThat(play.heard(framework)).containsExactly(TaskState.TASK_KILLED);
    }

    @Test
    void letsAnotherAgentForgetATaskOfTheSameId() {
        var other = play.agent("cpus:1;mem:64");
        var status = Play.status(TaskState.TASK_FAILED, 1);

        play.put(new Command.Report(other, play.link(other), key, status, TaskState.TASK_FAILED));

        assertThat(play.told(other)).containsExactly(new Word.Acknowledged(key, Play.uuid(1)));
        assertThat(play.heard(framework)).isEmpty();
        assertThat(play.task(key).state()).isEqualTo(TaskState.TASK_STAGING);
    }

    @Test
    void takesTheEndOfAnEarlierTaskForNoEndOfThisOne() {
        play.finish(key, TaskState.TASK_FINISHED, 1);
        key = play.launch(framework, "t", "cpus:1;mem:64");

        play.report(key, TaskState.TASK_FINISHED, 1);

        assertThat(play.told(agent)).contains(new Word.Acknowledged(key, Play.uuid(1)));
        assertThat(play.task(key).state()).isEqualTo(TaskState.TASK_STAGING);
    }

    @Test
    void saysUnreachableWhereItKnowsAnEndThatNobodyWasTold() {
        play.report(key, Play.status(TaskState.TASK_RUNNING, 1), TaskState.TASK_FINISHED);
        assertThat(play.heard(framework)).containsExactly(TaskState.TASK_RUNNING);

        play.loseForGood(agent);

        assertThat(play.heard(framework)).containsExactly(TaskState.TASK_UNREACHABLE);
        assertThat(play.task(key).state()).isEqualTo(TaskState.TASK_FINISHED);
    }

    @Test
    void tellsAFrameworkThatComesBackWhatItHasNotAcknowledged() {
        play.report(key, TaskState.TASK_RUNNING, 1);
        play.hangUp(framework);

        play.resubscribe(framework);

        assertThat(play.heard(framework)).containsExactly(TaskState.TASK_RUNNING);
    }

    @Test
    void asksForAReceiptAgainAfterATakeover() {
        play.report(key, TaskState.TASK_RUNNING, 1);
        play.acknowledge(key, 1);
        play.failOver();

        play.resubscribe(framework);

        assertThat(play.heard(framework)).containsExactly(TaskState.TASK_RUNNING);
    }

    @Test
    void givesUpAnAgentThatIsSilentForTooLong() {
        play.unplug(agent);
        play.pass(Duration.ofSeconds(74));
        assertThat(play.heard(framework)).isEmpty();

        play.pass(Duration.ofSeconds(1));

        assertThat(play.heard(framework)).containsExactly(TaskState.TASK_UNREACHABLE);
        assertThat(play.cluster().pool().available(agent)).isEqualTo(Resources.EMPTY);
    }

    @Test
    void saysLostToAFrameworkThatKnowsNoPartitions() {
        var simple = play.framework(Play.profile(Duration.ZERO));
        play.put(new Command.Suppress(play.caller(framework), new java.util.TreeSet<>()));
        play.put(
                new Command.Decline(
                        play.caller(framework),
                        play.offersOf(framework).stream().map(o -> o.id()).toList(),
                        Duration.ZERO));
        play.launch(simple, "simple", "cpus:1;mem:64");

        play.loseForGood(agent);

        assertThat(play.heard(simple)).containsExactly(TaskState.TASK_LOST);
    }

    @Test
    void waitsLongerForAgentsAfterATakeover() {
        play.failOver();
        play.resubscribe(framework);

        play.pass(Duration.ofMinutes(10).minusSeconds(1));
        assertThat(play.task(key).state()).isEqualTo(TaskState.TASK_STAGING);

        play.pass(Duration.ofSeconds(1));
        assertThat(play.task(key).state()).isEqualTo(TaskState.TASK_UNREACHABLE);
    }
}
