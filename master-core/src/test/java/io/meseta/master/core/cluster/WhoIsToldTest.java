package io.meseta.master.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.cluster.effect.Effect.News;
import io.meseta.master.core.cluster.effect.Effect.Word;
import io.meseta.master.core.framework.FrameworkProfile;
import io.meseta.master.core.operation.OperationStatus;
import io.meseta.master.core.operation.Outcome;
import io.meseta.master.core.task.TaskSpec;
import io.meseta.master.core.upkeep.UpkeepWish;
import io.meseta.master.play.Play;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.OperationState;
import io.meseta.model.TaskId;
import io.meseta.model.TaskState;
import io.meseta.model.conversion.OperationType;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Who hears of what has happened, and that nobody hears of it twice.
final class WhoIsToldTest extends OperationsScene {

    @Test
    void tellsAFrameworkThatComesBackHowItsOperationsHaveEnded() {
        accept(convert("r", OperationType.RESERVE, reserved("cpus", 1)));
        accept(convert("p", OperationType.RESERVE, reserved("cpus", 1)));
        play.hangUp(framework);
        end(1);
        assertThat(statuses()).isEmpty();

        play.resubscribe(framework);

        assertThat(statuses())
                .singleElement()
                .extracting(OperationStatus::state)
                .isEqualTo(OperationState.OPERATION_FINISHED);
    }

    @Test
    void repeatsNoEndToAFrameworkThatIsAway() {
        accept(convert("r", OperationType.RESERVE, reserved("cpus", 1)));
        play.hangUp(framework);
        end(1);
        var deadline = play.cluster().framework(framework).orElseThrow().deadline();

        assertThat(play.cluster().nextDue()).isEqualTo(deadline);
    }

    @Test
    void wakesUpToRepeatAnEnd() {
        accept(convert("r", OperationType.RESERVE, reserved("cpus", 1)));
        end(1);

        assertThat(play.cluster().nextDue()).contains(play.now.plusSeconds(10));
    }

    @Test
    void tellsFrameworksOfAnAgentThatIsLostOnce() {
        play.loseForGood(agent);
        assertThat(play.told(framework)).contains(new News.AgentFailed(agent));

        play.put(new Command.KeepUp(new UpkeepWish.MarkGone(agent)));

        assertThat(play.cluster().agent(agent)).isEmpty();
        assertThat(play.told(framework)).doesNotContain(new News.AgentFailed(agent));
    }

    @Test
    void handsReceiptsOnToTheAgent() {
        var task = play.launch(framework, "t", "cpus:1;mem:64");
        play.report(task, TaskState.TASK_RUNNING, 1);

        play.acknowledge(task, 1);
        assertThat(play.told(agent)).containsExactly(new Word.Acknowledged(task, Play.uuid(1)));
        play.report(task, TaskState.TASK_FINISHED, 2);
        play.acknowledge(task, 2);

        assertThat(play.told(agent)).containsExactly(new Word.Acknowledged(task, Play.uuid(2)));
    }

    @Test
    void countsAKillAmongTheOrders() {
        var task = play.launch(framework, "t", "cpus:1;mem:64");

        play.put(
                new Command.Kill(
                        play.caller(framework), task.task(), Optional.empty(), Opaque.EMPTY));

        assertThat(play.cluster().agent(agent).orElseThrow().lastOrder()).isEqualTo(2);
        var next = play.launch(framework, "u", "cpus:1;mem:64");
        assertThat(play.task(next).placement().order()).isEqualTo(3);
    }

    @Test
    void tellsAnAgentOfTheNewGroupOnly() {
        accept(group(agent, "one", "a", "b"));
        accept(group(agent, "two", "c"));

        assertThat(play.told(agent))
                .singleElement()
                .isInstanceOfSatisfying(
                        Word.LaunchGroup.class,
                        word ->
                                assertThat(word.tasks())
                                        .extracting(TaskSpec::id)
                                        .containsExactly(new TaskId("c")));
    }

    @Test
    void takesWhatAFrameworkSaysOfItselfWhenItComesBack() {
        var before = play.cluster().framework(framework).orElseThrow();
        var said =
                new FrameworkProfile(
                        before.profile().identity(),
                        "renamed",
                        new TreeSet<>(Set.of(Play.DEV)),
                        before.profile().capabilities(),
                        Duration.ofMinutes(7),
                        Opaque.EMPTY);
        play.now = play.now.plusSeconds(5);

        play.subscribe(Optional.of(framework), said);

        var after = play.cluster().framework(framework).orElseThrow();
        assertThat(after.profile()).isEqualTo(said);
        assertThat(after.registeredAt()).isEqualTo(before.registeredAt());
        assertThat(after.reregisteredAt()).isEqualTo(play.now);
    }

    @Test
    void passesOverIdsThatOthersHaveBroughtAlong() {
        // The next that would be given once this one is counted.
        play.greet(Optional.of(new AgentId("M1-S2")), able("cpus:1"), 0);
        play.subscribe(
                Optional.of(new FrameworkId("M1-0002")), Play.profile(Duration.ofMinutes(1)));

        var next = play.greet(Optional.empty(), able("cpus:1"), 0);
        var one = play.framework();

        assertThat(next).isEqualTo(new AgentId("M1-S3"));
        assertThat(one).isEqualTo(new FrameworkId("M1-0003"));
    }

    private void end(long order) {
        play.put(
                new Command.ReportOperation(
                        agent,
                        play.link(agent),
                        new Outcome(order, OperationState.OPERATION_FINISHED, "")));
    }
}
