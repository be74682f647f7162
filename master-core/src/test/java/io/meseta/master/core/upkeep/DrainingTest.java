package io.meseta.master.core.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.agent.AgentProfile;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Command.HeldTask;
import io.meseta.master.core.cluster.Refusal;
import io.meseta.master.core.cluster.effect.Effect;
import io.meseta.master.core.cluster.effect.Effect.News;
import io.meseta.master.core.cluster.effect.Effect.Word;
import io.meseta.master.core.task.Status;
import io.meseta.master.play.Play;
import io.meseta.model.AgentCapability;
import io.meseta.model.AgentId;
import io.meseta.model.Opaque;
import io.meseta.model.Resources;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import io.meseta.model.status.StatusReason;
import io.meseta.model.status.StatusSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DrainingTest {

    private final Play play = new Play();

    @Test
    void offersADeactivatedAgentToNobody() {
        var framework = play.framework();
        var agent = agent();
        var offer = play.offer(framework).id();

        wish(new UpkeepWish.DeactivateAgent(agent));

        assertThat(play.told(framework)).containsExactly(new News.Rescinded(offer));
        assertThat(play.offersOf(framework)).isEmpty();
        assertThat(play.told(agent)).isEmpty();
    }

    @Test
    void offersAnAgentAgainOnceItIsReactivated() {
        var framework = play.framework();
        var agent = agent();
        wish(new UpkeepWish.DeactivateAgent(agent));

        wish(new UpkeepWish.ReactivateAgent(agent));

        assertThat(play.offersOf(framework)).hasSize(1);
    }

    @Test
    void keepsADeactivatedAgentToItselfAcrossAChangeOfLeader() {
        var framework = play.framework();
        var agent = agent();
        wish(new UpkeepWish.DeactivateAgent(agent));

        play.failOver();
        play.resubscribe(framework);
        play.greetAgain(agent, 0);

        assertThat(play.offersOf(framework)).isEmpty();
    }

    @Test
    void keepsTheTasksOfADeactivatedAgent() {
        var framework = play.framework();
        var agent = agent();
        var task = play.launch(framework, "t", "cpus:1;mem:64");

        wish(new UpkeepWish.DeactivateAgent(agent));

        assertThat(play.task(task).kill()).isEmpty();
        assertThat(play.cluster().upkeep().isDraining(agent)).isFalse();
    }

    @Test
    void deactivatesTwiceWithoutAWord() {
        var agent = agent();
        wish(new UpkeepWish.DeactivateAgent(agent));
        long before = play.committer.sequence();

        wish(new UpkeepWish.DeactivateAgent(agent));

        assertThat(play.committer.sequence()).isEqualTo(before);
    }

    @Test
    void refusesToReactivateWhatIsActive() {
        var agent = agent();

        assertThat(refusal(new UpkeepWish.ReactivateAgent(agent)))
                .isEqualTo(new UpkeepRefusal.NotDeactivated(agent));
    }

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
    void endsTheTasksOfAnAgentThatIsMarkedGone() {
        var framework = play.framework();
        var agent = agent();
        var task = play.launch(framework, "t", "cpus:1;mem:64");

        wish(new UpkeepWish.MarkGone(agent));

        assertThat(play.heard(framework)).containsExactly(TaskState.TASK_GONE_BY_OPERATOR);
        assertThat(play.updates(framework).getFirst().origin().reason())
                .contains(StatusReason.REASON_AGENT_REMOVED_BY_OPERATOR);
        assertThat(play.told(framework)).contains(new News.AgentFailed(agent));
        assertThat(play.cluster().tasks().find(task)).isEmpty();
        assertThat(play.cluster().completed().find(task)).isPresent();
        assertThat(play.cluster().agent(agent)).isEmpty();
    }

    @Test
    void tellsAFrameworkThatKnowsNoPartitionsOfALostTask() {
        var framework = play.framework(Play.profile(Duration.ofMinutes(1)));
        var agent = agent();
        play.launch(framework, "t", "cpus:1;mem:64");

        wish(new UpkeepWish.MarkGone(agent));

        assertThat(play.heard(framework)).containsExactly(TaskState.TASK_LOST);
    }

    @Test
    void neverLetsAnAgentBackThatIsGone() {
        var agent = agent();
        wish(new UpkeepWish.MarkGone(agent));
        play.failOver();

        var greeting = greeting(agent);

        assertThat(play.refused(greeting))
                .isEqualTo(new Refusal.OfUpkeep(new UpkeepRefusal.Gone(agent)));
    }

    @Test
    void marksAnAgentGoneAgainWithoutAWord() {
        var agent = agent();
        wish(new UpkeepWish.MarkGone(agent));
        long before = play.committer.sequence();

        wish(new UpkeepWish.MarkGone(agent));

        assertThat(play.committer.sequence()).isEqualTo(before);
        assertThat(refusal(new UpkeepWish.MarkGone(new AgentId("nobody"))))
                .isEqualTo(new UpkeepRefusal.AgentUnknown(new AgentId("nobody")));
    }

    @Test
    void forgetsWhoIsGoneAfterTwoWeeks() {
        var agent = agent();
        wish(new UpkeepWish.MarkGone(agent));

        play.pass(Departed.AGE_MAX);

        assertThat(play.cluster().upkeep().gone().has(agent)).isFalse();
    }

    @Test
    void answersWhatHasBecomeOfATaskOnAnAgentThatIsGone() {
        var framework = play.framework();
        var agent = agent();
        wish(new UpkeepWish.MarkGone(agent));

        var question =
                new Command.Question(
                        new TaskKey(framework, new io.meseta.model.TaskId("x")).task(),
                        Optional.of(agent));
        play.put(new Command.Reconcile(play.caller(framework), List.of(question)));

        assertThat(play.heard(framework)).containsExactly(TaskState.TASK_GONE_BY_OPERATOR);
    }

    @Test
    void forgetsAnAgentThatNobodyHasHeardOfForTwoWeeks() {
        var framework = play.framework();
        var agent = agent();
        var task = play.launch(framework, "t", "cpus:1;mem:64");
        play.loseForGood(agent);

        play.pass(Departed.AGE_MAX);

        assertThat(play.heard(framework)).containsExactly(TaskState.TASK_GONE);
        assertThat(play.cluster().agent(agent)).isEmpty();
        assertThat(play.cluster().tasks().find(task)).isEmpty();
        assertThat(play.greet(Optional.of(agent), profile(), 1)).isEqualTo(agent);
    }

    @Test
    void forgetsEachAgentInItsOwnTime() {
        var first = agent();
        play.loseForGood(first);
        play.pass(Duration.ofDays(1));
        var second = agent();
        play.loseForGood(second);

        play.pass(Departed.AGE_MAX.minusDays(1).minusMinutes(5));
        assertThat(play.cluster().agents()).containsKeys(first, second);
        play.pass(Duration.ofMinutes(5));
        assertThat(play.cluster().agents()).doesNotContainKey(first).containsKey(second);
        play.pass(Duration.ofDays(2));
        assertThat(play.cluster().agents()).isEmpty();
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

    private AgentId agent() {
        return play.greet(Optional.empty(), profile(), 0);
    }

    private static AgentProfile profile() {
        return new AgentProfile(
                "host",
                5051,
                Resources.parse("cpus:4;mem:1024"),
                Set.of(AgentCapability.AGENT_DRAINING),
                "1.11.0",
                Opaque.EMPTY);
    }

    private static Command.Greet greeting(AgentId agent) {
        return new Command.Greet(
                Optional.of(agent),
                profile(),
                new io.meseta.master.core.agent.LinkId("again"),
                new Command.Recollection(io.meseta.master.core.reign.Epoch.NONE, 0),
                List.of());
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

    private void wish(UpkeepWish wish) {
        play.put(new Command.KeepUp(wish));
    }

    private UpkeepRefusal refusal(UpkeepWish wish) {
        return ((Refusal.OfUpkeep) play.refused(new Command.KeepUp(wish))).why();
    }
}
