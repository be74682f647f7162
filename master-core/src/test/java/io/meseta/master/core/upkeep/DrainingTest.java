package io.meseta.master.core.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.cluster.Command.HeldTask;
import io.meseta.master.core.cluster.effect.Effect;
import io.meseta.master.core.cluster.effect.Effect.Word;
import io.meseta.master.core.task.Status;
import io.meseta.master.play.Play;
import io.meseta.model.AgentId;
import io.meseta.model.Opaque;
import io.meseta.model.TaskState;
import io.meseta.model.status.StatusReason;
import io.meseta.model.status.StatusSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class DrainingTest extends UpkeepScene {

    @Test
    void tellsAnAgentToDrain() {
        var framework = play.framework();
        var agent = agent();
        play.launch(framework, "t", "cpus:1;mem:64");

        wish(drain(agent, false));

        assertThat(play.told(agent)).hasSize(1).first().isInstanceOf(Word.Drained.class);
        assertThat(play.offersOf(framework)).isEmpty();
        assertThat(play.cluster().upkeep().isDraining(agent)).isTrue();
    }

    @Test
    void isDrainedOnceTheEndOfTheLastTaskIsAcknowledged() {
        var framework = play.framework();
        var agent = agent();
        var task = play.launch(framework, "t", "cpus:1;mem:64");
        wish(drain(agent, false));

        play.report(task, TaskState.TASK_KILLED, 1);
        boolean isDrainedBefore = drain(agent).isDone();
        play.acknowledge(task, 1);

        assertThat(isDrainedBefore).isFalse();
        assertThat(drain(agent).isDone()).isTrue();
        assertThat(play.offersOf(framework)).isEmpty();
    }

    @Test
    void isDrainedAtOnceIfNothingRuns() {
        var agent = agent();

        wish(drain(agent, false));

        assertThat(drain(agent).isDone()).isTrue();
    }

    @Test
    void refusesToReactivateAnAgentThatIsStillDraining() {
        var framework = play.framework();
        var agent = agent();
        play.launch(framework, "t", "cpus:1;mem:64");
        wish(drain(agent, false));

        assertThat(refusal(new UpkeepWish.ReactivateAgent(agent)))
                .isEqualTo(new UpkeepRefusal.StillDraining(agent));
    }

    @Test
    void reactivatesADrainedAgent() {
        var framework = play.framework();
        var agent = agent();
        wish(drain(agent, false));

        wish(new UpkeepWish.ReactivateAgent(agent));

        assertThat(play.told(agent)).containsExactly(new Word.Drained(Optional.empty()));
        assertThat(play.offersOf(framework)).hasSize(1);
    }

    @Test
    void callsADrainOff() {
        var framework = play.framework();
        var agent = agent();
        play.launch(framework, "t", "cpus:1;mem:64");
        wish(drain(agent, false));

        wish(new UpkeepWish.CancelDrain(agent));

        assertThat(play.told(agent)).containsExactly(new Word.Drained(Optional.empty()));
        assertThat(play.offersOf(framework)).hasSize(1);
        assertThat(refusal(new UpkeepWish.CancelDrain(agent)))
                .isEqualTo(new UpkeepRefusal.NotDraining(agent));
    }

    @Test
    void tellsAnAgentThatComesBackThatItIsToDrain() {
        var framework = play.framework();
        var agent = agent();
        var task = play.launch(framework, "t", "cpus:1;mem:64");
        play.unplug(agent);
        wish(drain(agent, true));

        play.failOver();
        play.greetAgain(agent, 1, new HeldTask(task, TaskState.TASK_RUNNING));

        assertThat(play.told(agent))
                .hasSize(1)
                .first()
                .matches(word -> ((Word.Welcome) word).drain().orElseThrow().marksGone());
    }

    @Test
    void keepsAnAgentDrainingWhileItsTasksAreOutOfReach() {
        var framework = play.framework();
        var agent = agent();
        play.launch(framework, "t", "cpus:1;mem:64");
        wish(drain(agent, true));

        play.loseForGood(agent);

        assertThat(play.cluster().upkeep().isDraining(agent)).isTrue();
        assertThat(play.cluster().agent(agent)).isPresent();
    }

    @Test
    void marksAnAgentGoneOnceItIsDrained() {
        var framework = play.framework();
        var agent = agent();
        var task = play.launch(framework, "t", "cpus:1;mem:64");
        wish(drain(agent, true));
        var link = play.link(agent);

        play.report(task, drained(1), TaskState.TASK_KILLED);
        assertThat(play.heard(framework)).containsExactly(TaskState.TASK_GONE_BY_OPERATOR);
        play.acknowledge(task, 1);

        assertThat(play.cluster().agent(agent)).isEmpty();
        assertThat(play.cluster().upkeep().gone().has(agent)).isTrue();
        assertThat(play.effects)
                .anyMatch(effect ->
                        effect instanceof Effect.Dismiss(_, var id, var then, _)
                                && id.equals(link)
                                && then == Effect.Then.STAY_AWAY);
    }

    @Test
    void tellsAFrameworkThatKnowsNoPartitionsOfTheKillAlone() {
        var framework = play.framework(Play.profile(Duration.ofMinutes(1)));
        var agent = agent();
        var task = play.launch(framework, "t", "cpus:1;mem:64");
        wish(drain(agent, true));

        play.report(task, drained(1), TaskState.TASK_KILLED);

        assertThat(play.heard(framework)).containsExactly(TaskState.TASK_KILLED);
    }

    @Test
    void refusesToDrainWhatCannotDrainOrIsUnknown() {
        var old = play.agent("cpus:4;mem:1024");
        var nobody = new AgentId("nobody");

        assertThat(refusal(drain(old, false))).isEqualTo(new UpkeepRefusal.CannotDrain(old));
        assertThat(refusal(drain(nobody, false))).isEqualTo(new UpkeepRefusal.AgentUnknown(nobody));
    }

    @Test
    void keepsTheMachineOfADrainingAgentOutOfTheSchedule() {
        var framework = play.framework();
        var agent = agent();
        play.launch(framework, "t", "cpus:1;mem:64");
        wish(drain(agent, false));
        var machine = Premises.machine(play.cluster().agent(agent).orElseThrow());

        assertThat(refusal(schedule(machine)))
                .isEqualTo(
                        new UpkeepRefusal.MachineUnfit(
                                machine, UpkeepRefusal.Problem.AGENT_DRAINING));
        wish(schedule(new MachineId("another.example.org", "")));
        assertThat(play.cluster().upkeep().maintenance().windows()).hasSize(1);
    }

    private static UpkeepWish schedule(MachineId machine) {
        var away = new Unavailability(0, OptionalLong.empty());
        return new UpkeepWish.SetSchedule(List.of(new Window(List.of(machine), away)));
    }

    private static Status drained(int uuid) {
        var origin =
                new Status.Origin(
                        StatusSource.EXECUTOR,
                        Optional.of(StatusReason.REASON_AGENT_DRAINING),
                        Play.BEGINNING);
        return new Status(
                TaskState.TASK_KILLED, origin, "", Optional.of(Play.uuid(uuid)), Opaque.EMPTY);
    }

    private static UpkeepWish drain(AgentId agent, boolean marksGone) {
        return new UpkeepWish.DrainAgent(agent, Optional.of(Duration.ofSeconds(3)), marksGone);
    }

    private Drain drain(AgentId agent) {
        return play.cluster().upkeep().drain(agent).orElseThrow();
    }
}
