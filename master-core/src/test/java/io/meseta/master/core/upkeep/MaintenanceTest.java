package io.meseta.master.core.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.agent.LinkId;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Command.HeldTask;
import io.meseta.master.core.cluster.Command.Recollection;
import io.meseta.master.core.cluster.Refusal;
import io.meseta.master.core.cluster.effect.Effect;
import io.meseta.master.core.cluster.effect.Effect.News;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.play.Play;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MaintenanceTest {

    private static final MachineId HOST = new MachineId("host", "");
    private static final MachineId OTHER = new MachineId("other", "10.0.0.1");

    private final Play play = new Play();

    @Test
    void asksWhoeverUsesAMachineToLeave() {
        var framework = using();
        var agent = play.cluster().agents().firstKey();
        var idle = play.framework();

        schedule(HOST);

        var asked = asked(framework);
        assertThat(asked.spot()).isEqualTo(new Spot(agent, framework));
        assertThat(asked.unavailability()).isEqualTo(away());
        assertThat(play.told(idle)).noneMatch(News.Asked.class::isInstance);
    }

    @Test
    void takesBackWhatWasOfferedOfAScheduledMachineAndOffersItAnew() {
        var framework = play.framework();
        play.agent("cpus:4;mem:1024");
        var before = play.offer(framework).id();

        schedule(HOST);

        assertThat(play.told(framework)).contains(new News.Rescinded(before));
        assertThat(play.offersOf(framework)).hasSize(1);
    }

    @Test
    void asksEachUnderAnIdOfItsOwn() {
        var one = using();
        var two = using();

        schedule(HOST);

        assertThat(asked(one).id()).isNotEqualTo(asked(two).id());
        assertThat(play.cluster().upkeep().inverse().all())
                .extracting(offer -> offer.id().value())
                .containsExactly(asked(one).id().value(), asked(two).id().value())
                .allMatch(id -> id.matches("M1-O[0-9]+"));
    }

    @Test
    void asksAnewWhenTheScheduleChanges() {
        var framework = using();
        schedule(HOST);
        var before = asked(framework).id();

        schedule(HOST, OTHER);

        assertThat(play.told(framework)).contains(new News.Unasked(before));
        assertThat(asked(framework).id()).isNotEqualTo(before);
    }

    @Test
    void remembersWhatAFrameworkHasAnswered() {
        var framework = using();
        schedule(HOST);
        var offer = asked(framework);

        answer(framework, offer, false, Duration.ofSeconds(60));

        var answer = play.cluster().upkeep().inverse().answer(offer.spot()).orElseThrow();
        assertThat(answer.isYes()).isFalse();
        assertThat(answer.at()).isEqualTo(play.now);
        assertThat(play.cluster().upkeep().inverse().all()).isEmpty();
    }

    @Test
    void asksAgainOnceARefusalIsOver() {
        var framework = using();
        schedule(HOST);
        answer(framework, asked(framework), true, Duration.ofSeconds(10));

        play.pass(Duration.ofSeconds(5));
        boolean isAskedEarly = !play.told(framework).isEmpty();
        play.pass(Duration.ofSeconds(6));

        assertThat(isAskedEarly).isFalse();
        assertThat(asked(framework)).isNotNull();
    }

    @Test
    void forgetsAnswersWhenTheScheduleChanges() {
        var framework = using();
        schedule(HOST);
        var offer = asked(framework);
        answer(framework, offer, false, Duration.ofHours(1));

        schedule(HOST);

        assertThat(play.cluster().upkeep().inverse().answer(offer.spot())).isEmpty();
        assertThat(asked(framework)).isNotNull();
    }

    @Test
    void asksAFrameworkThatFailsOverOnItsNewStream() {
        var framework = using();
        schedule(HOST);
        var before = asked(framework).id();
        play.resubscribe(framework);

        play.pass(Duration.ofSeconds(1));

        assertThat(play.told(framework)).doesNotContain(new News.Unasked(before));
        assertThat(asked(framework).id()).isNotEqualTo(before);
    }

    @Test
    void passesOverAnswersToWhatIsNotOpen() {
        var framework = using();
        var stranger = play.framework();
        schedule(HOST);
        var offer = play.cluster().upkeep().inverse().all().iterator().next();

        answer(stranger, offer, true, Duration.ZERO);

        assertThat(play.cluster().upkeep().inverse().find(offer.id())).isPresent();
        assertThat(framework).isEqualTo(offer.spot().framework());
    }

    @Test
    void endsTheTasksOfAMachineThatGoesDown() {
        var framework = using();
        var agent = play.cluster().agents().firstKey();
        schedule(HOST);

        wish(new UpkeepWish.TakeDown(List.of(HOST)));

        assertThat(play.heard(framework)).containsExactly(TaskState.TASK_GONE);
        assertThat(play.cluster().agent(agent)).isEmpty();
        assertThat(play.effects)
                .anyMatch(effect ->
                        effect instanceof Effect.Dismiss(var id, _, var then, _)
                                && id.equals(agent)
                                && then == Effect.Then.END_TASKS);
    }

    @Test
    void keepsAgentsOutWhileTheirMachineIsDown() {
        play.framework();
        var agent = play.agent("cpus:4;mem:1024");
        schedule(HOST);
        wish(new UpkeepWish.TakeDown(List.of(HOST)));

        assertThat(play.refused(greeting(agent)))
                .isEqualTo(new Refusal.OfUpkeep(new UpkeepRefusal.MachineDown(HOST)));

        play.failOver();
        assertThat(play.refused(greeting(agent))).isInstanceOf(Refusal.OfUpkeep.class);

        wish(new UpkeepWish.BringUp(List.of(HOST)));
        assertThat(play.greet(Optional.of(agent), Play.agentWith("cpus:4;mem:1024"), 0))
                .isEqualTo(agent);
        assertThat(play.cluster().upkeep().maintenance().isEmpty()).isTrue();
    }

    @Test
    void endsTasksThatAnAgentBroughtThroughMaintenance() {
        var framework = using();
        var agent = play.cluster().agents().firstKey();
        var task = play.cluster().tasks().all().findFirst().orElseThrow().key();
        schedule(HOST);
        wish(new UpkeepWish.TakeDown(List.of(HOST)));
        wish(new UpkeepWish.BringUp(List.of(HOST)));

        play.greet(
                Optional.of(agent),
                Play.agentWith("cpus:4;mem:1024"),
                1,
                new HeldTask(task, TaskState.TASK_RUNNING));

        assertThat(play.told(agent))
                .anyMatch(word ->
                        word instanceof Effect.Word.Kill(_, var key, _) && key.equals(task));
        assertThat(framework).isEqualTo(task.framework());
    }

    @Test
    void refusesMachinesThatAreNotInTheRightMode() {
        play.agent("cpus:4;mem:1024");

        assertThat(problem(new UpkeepWish.TakeDown(List.of(OTHER))))
                .isEqualTo(UpkeepRefusal.Problem.NOT_SCHEDULED);
        assertThat(problem(new UpkeepWish.TakeDown(List.of(HOST))))
                .isEqualTo(UpkeepRefusal.Problem.NOT_DRAINING);
        schedule(OTHER);
        assertThat(problem(new UpkeepWish.BringUp(List.of(OTHER))))
                .isEqualTo(UpkeepRefusal.Problem.NOT_DOWN);
        wish(new UpkeepWish.TakeDown(List.of(OTHER)));
        assertThat(problem(new UpkeepWish.TakeDown(List.of(OTHER))))
                .isEqualTo(UpkeepRefusal.Problem.NOT_DRAINING);
        assertThat(problem(new UpkeepWish.SetSchedule(List.of())))
                .isEqualTo(UpkeepRefusal.Problem.DOWN_AND_LEFT_OUT);
        wish(new UpkeepWish.BringUp(List.of(OTHER)));
        assertThat(problem(new UpkeepWish.BringUp(List.of(OTHER))))
                .isEqualTo(UpkeepRefusal.Problem.NOT_DOWN);
    }

    @Test
    void knowsAMachineByItsNameInAnyCase() {
        schedule(new MachineId("HOST", ""));

        assertThat(play.cluster().upkeep().maintenance().isScheduled(HOST)).isTrue();
    }

    @Test
    void givesUpSilentAgentsOneByOneWhereThatIsLimited() {
        play.limitLosses(Duration.ofMinutes(10));
        var first = play.agent("cpus:1;mem:64");
        var second = play.agent("cpus:1;mem:64");
        play.unplug(first);
        play.now = play.now.plusSeconds(1);
        play.unplug(second);

        play.pass(Duration.ofSeconds(90));
        boolean isFirstLost = play.cluster().agent(first).orElseThrow().isUnreachable();
        boolean isSecondLost = play.cluster().agent(second).orElseThrow().isUnreachable();
        var due = play.cluster().nextDue().orElseThrow();
        play.pass(Duration.ofMinutes(10));

        assertThat(isFirstLost).isTrue();
        assertThat(isSecondLost).isFalse();
        assertThat(due).isEqualTo(play.now);
        assertThat(play.cluster().agent(second).orElseThrow().isUnreachable()).isTrue();
    }

    private FrameworkId using() {
        var framework = play.framework();
        play.agent("cpus:4;mem:1024");
        play.launch(framework, "t", "cpus:1;mem:64");
        return framework;
    }

    private static Command.Greet greeting(AgentId agent) {
        return new Command.Greet(
                Optional.of(agent),
                Play.agentWith("cpus:4;mem:1024"),
                new LinkId("again"),
                new Recollection(Epoch.NONE, 0),
                List.of());
    }

    private InverseOffer asked(FrameworkId framework) {
        return play.told(framework).stream()
                .filter(News.Asked.class::isInstance)
                .map(news -> ((News.Asked) news).offers().getFirst())
                .findFirst()
                .orElseThrow();
    }

    private void answer(
            FrameworkId framework, InverseOffer offer, boolean isYes, Duration refusal) {
        play.put(
                new Command.AnswerInverseOffers(
                        play.caller(framework), List.of(offer.id()), isYes, refusal));
    }

    private static Unavailability away() {
        return new Unavailability(1_000, OptionalLong.of(2_000));
    }

    private void schedule(MachineId... machines) {
        wish(new UpkeepWish.SetSchedule(List.of(new Window(List.of(machines), away()))));
    }

    private void wish(UpkeepWish wish) {
        play.put(new Command.KeepUp(wish));
    }

    private UpkeepRefusal.Problem problem(UpkeepWish wish) {
        var refusal = (Refusal.OfUpkeep) play.refused(new Command.KeepUp(wish));
        return ((UpkeepRefusal.MachineUnfit) refusal.why()).problem();
    }
}
