package io.meseta.master.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.cluster.effect.Effect.News;
import io.meseta.master.core.cluster.effect.Effect.Word;
import io.meseta.master.core.task.Status;
import io.meseta.master.play.Play;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import io.meseta.model.status.StatusReason;
import io.meseta.model.status.StatusSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The tables of explicit and implicit reconciliation, row by row.
class ReconciliationTest {

    private final Play play = new Play();
    private final FrameworkId id = play.framework();
    private final AgentId agent = play.agent("cpus:4;mem:1024");

    @Test
    void tellsOfAKnownTaskWhatTheFrameworkWasLastTold() {
        var task = play.launch(id, "t1", "cpus:1;mem:64");
        play.report(task, Play.status(TaskState.TASK_STARTING, 1), TaskState.TASK_RUNNING);

        ask("t1", Optional.empty());

        var status = answer();
        assertThat(status.state()).isEqualTo(TaskState.TASK_STARTING);
        assertThat(status.message()).isEqualTo("Reconciliation: Latest task state");
        assertThat(status.uuid()).isEmpty();
        assertThat(status.origin().source()).isEqualTo(StatusSource.MASTER);
        assertThat(status.origin().reason()).contains(StatusReason.REASON_RECONCILIATION);
    }

    @Test
    void tellsOfATaskThatNobodyHasReportedThatItIsStaging() {
        play.launch(id, "t1", "cpus:1;mem:64");

        ask("t1", Optional.of(agent));

        assertThat(play.heard(id)).containsExactly(TaskState.TASK_STAGING);
    }

    @Test
    void tellsThatATaskIsGoneThatItsAgentDoesNotHave() {
        ask("t9", Optional.of(agent));

        assertThat(answer().state()).isEqualTo(TaskState.TASK_GONE);
        assertThat(answer().message()).isEqualTo("Reconciliation: Task is unknown to the agent");
    }

    @Test
    void tellsThatATaskIsUnreachableIfItsAgentIs() {
        play.loseForGood(agent);

        ask("t9", Optional.of(agent));

        assertThat(answer().state()).isEqualTo(TaskState.TASK_UNREACHABLE);
        assertThat(answer().message()).isEqualTo("Reconciliation: Task is unreachable");
    }

    @Test
    void tellsOfAKnownTaskOutOfReachThatItIsWhetherTheAgentIsNamedOrNot() {
        play.launch(id, "t1", "cpus:1;mem:64");
        play.loseForGood(agent);

        ask("t1", Optional.empty());

        assertThat(answer().state()).isEqualTo(TaskState.TASK_UNREACHABLE);
        assertThat(answer().message()).isEqualTo("Reconciliation: Task is unreachable");
        ask("t1", Optional.of(agent));
        assertThat(answer().state()).isEqualTo(TaskState.TASK_UNREACHABLE);
    }

    @Test
    void knowsNothingOfATaskOfNobodysAgent() {
        ask("t9", Optional.empty());
        assertThat(answer().state()).isEqualTo(TaskState.TASK_UNKNOWN);
        ask("t9", Optional.of(new AgentId("stranger")));
        assertThat(answer().state()).isEqualTo(TaskState.TASK_UNKNOWN);
        assertThat(answer().message()).isEqualTo("Reconciliation: Task is unknown");
    }

    @Test
    void callsAllOfThatLostToAFrameworkThatDoesNotKnowPartitions() {
        var old = play.framework(Play.profile(Duration.ZERO));
        for (var named : List.of(Optional.of(agent), Optional.<AgentId>empty())) {
            ask(old, "t9", named);
            assertThat(play.heard(old)).containsExactly(TaskState.TASK_LOST);
        }
        play.loseForGood(agent);
        ask(old, "t9", Optional.of(agent));
        assertThat(play.heard(old)).containsExactly(TaskState.TASK_LOST);
    }

    @Test
    void tellsOfAllTasksThatAreInReach() {
        var other = play.agent("cpus:1;mem:64");
        play.launch(id, "t1", "cpus:1;mem:64");
        var offer =
                play.offersOf(id).stream()
                        .filter(each -> each.agent().equals(other))
                        .findFirst()
                        .orElseThrow();
        play.accept(
                id,
                List.of(offer),
                new Operation.Proposal.Wellformed(Play.spec("t2", "cpus:1;mem:64"), other));
        var third = new TaskKey(id, new TaskId("t2"));
        play.report(third, TaskState.TASK_FINISHED, 7);
        play.loseForGood(agent);

        play.put(new Command.Reconcile(play.caller(id), List.of()));

        assertThat(play.told(id))
                .filteredOn(News.Updated.class::isInstance)
                .extracting(news -> ((News.Updated) news).task())
                .containsExactly(third);
        assertThat(play.heard(id)).containsExactly(TaskState.TASK_FINISHED);
    }

    @Test
    void answersAKillOfATaskOutOfReachAndKillsItWhenItComesBack() {
        var task = play.launch(id, "t1", "cpus:1;mem:64");
        play.report(task, TaskState.TASK_RUNNING, 1);
        play.loseForGood(agent);

        play.put(new Command.Kill(play.caller(id), task.task(), Optional.of(agent), Opaque.EMPTY));

        assertThat(answer().state()).isEqualTo(TaskState.TASK_UNREACHABLE);
        play.greetAgain(agent, 1, new Command.HeldTask(task, TaskState.TASK_RUNNING));
        assertThat(play.told(agent)).anyMatch(Word.Kill.class::isInstance);
    }

    @Test
    void answersAKillOfAnUnknownTaskAsAQuestion() {
        play.put(
                new Command.Kill(
                        play.caller(id), new TaskId("t9"), Optional.of(agent), Opaque.EMPTY));

        assertThat(answer().state()).isEqualTo(TaskState.TASK_GONE);
    }

    @Test
    void passesOverAKillThatNamesAnotherAgent() {
        var task = play.launch(id, "t1", "cpus:1;mem:64");

        play.put(
                new Command.Kill(
                        play.caller(id),
                        task.task(),
                        Optional.of(new AgentId("other")),
                        Opaque.EMPTY));

        assertThat(play.effects).isEmpty();
    }

    @Test
    void passesOverAReceiptThatNamesAnotherAgentOrStatus() {
        var task = play.launch(id, "t1", "cpus:1;mem:64");
        play.report(task, TaskState.TASK_RUNNING, 1);

        play.put(
                new Command.Acknowledge(
                        play.caller(id), new AgentId("other"), task.task(), Play.uuid(1)));
        assertThat(play.effects).isEmpty();
        play.put(new Command.Acknowledge(play.caller(id), agent, task.task(), Play.uuid(2)));
        assertThat(play.effects).isEmpty();
        play.acknowledge(task, 1);
        assertThat(play.effects).hasSize(1);
    }

    @Test
    void letsNobodyReuseTheIdOfATaskOutOfReach() {
        play.launch(id, "t1", "cpus:1;mem:64");
        play.loseForGood(agent);
        play.agent("cpus:4;mem:1024");

        play.launch(id, "t1", "cpus:1;mem:64");

        assertThat(answer().state()).isEqualTo(TaskState.TASK_ERROR);
        assertThat(answer().message()).isEqualTo("Task reuses the ID of an unreachable task: t1");
    }

    private void ask(String task, Optional<AgentId> named) {
        ask(id, task, named);
    }

    private void ask(FrameworkId framework, String task, Optional<AgentId> named) {
        play.put(
                new Command.Reconcile(
                        play.caller(framework),
                        List.of(new Command.Question(new TaskId(task), named))));
    }

    private Status answer() {
        return play.updates(id).getFirst();
    }
}
