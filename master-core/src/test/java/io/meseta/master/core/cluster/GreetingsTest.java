package io.meseta.master.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.cluster.Command.HeldTask;
import io.meseta.master.core.cluster.Command.Recollection;
import io.meseta.master.core.cluster.effect.Effect;
import io.meseta.master.core.cluster.effect.Effect.Word;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.play.Play;
import io.meseta.model.FrameworkId;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GreetingsTest {

    private final Play play = new Play();

    @Test
    void admitsAnAgentAndOffersItAtOnce() {
        var framework = play.framework();

        var agent = play.agent("cpus:4;mem:1024");

        assertThat(agent.value()).isEqualTo("M1-S0");
        assertThat(play.told(agent)).containsExactly(new Word.Welcome(new Epoch(1)));
        assertThat(play.offersOf(framework)).hasSize(1);
    }

    @Test
    void takesOverAnAgentThatAnotherJournalKnew() {
        var profile = Play.agentWith("cpus:1;mem:64");
        var id = new io.meseta.model.AgentId("older-S7");

        play.greet(Optional.of(id), profile, 12);
        var framework = play.framework();
        play.launch(framework, "t", "cpus:1;mem:64");

        assertThat(play.told(id))
                .singleElement()
                .isInstanceOfSatisfying(
                        Word.Launch.class, launch -> assertThat(launch.number()).isEqualTo(13));
    }

    @Test
    void refusesAnAgentThatHasSeenALaterLeader() {
        var link = new io.meseta.master.core.agent.LinkId("x");
        var greet =
                new Command.Greet(
                        Optional.empty(),
                        Play.agentWith("cpus:1;mem:64"),
                        link,
                        new Recollection(new Epoch(9), 0),
                        List.of());

        assertThat(play.refused(greet)).isInstanceOf(Refusal.EpochBehind.class);
    }

    @Test
    void sendsAgainWhatTheAgentHasNotSeen() {
        var framework = play.framework();
        var agent = play.agent("cpus:4;mem:1024");
        var first = play.launch(framework, "first", "cpus:1;mem:64");
        play.launch(framework, "second", "cpus:1;mem:64");
        play.put(new Command.KillTask(first));

        play.greetAgain(agent, 1, new HeldTask(first, TaskState.TASK_STAGING));

        assertThat(play.told(agent))
                .extracting(Object::getClass)
                .isEqualTo(List.of(Word.Welcome.class, Word.Launch.class, Word.Kill.class));
        assertThat(((Word.Launch) play.told(agent).get(1)).number()).isEqualTo(2);
        assertThat(((Word.Kill) play.told(agent).get(2)).number()).isEqualTo(3);
    }

    @Test
    void declaresGoneWhatTheAgentHasSeenAndNoLongerHas() {
        var framework = play.framework();
        var agent = play.agent("cpus:4;mem:1024");
        var key = play.launch(framework, "t", "cpus:1;mem:64");

        play.greetAgain(agent, 1);

        assertThat(play.heard(framework)).containsExactly(TaskState.TASK_GONE);
        assertThat(play.cluster().tasks().find(key)).isEmpty();
        assertThat(play.cluster().completed().find(key)).isPresent();
    }

    @Test
    void tellsAFrameworkThatAnUnreachableTaskIsBack() {
        var framework = play.framework();
        var agent = play.agent("cpus:4;mem:1024");
        var key = play.launch(framework, "t", "cpus:1;mem:64");
        play.report(key, TaskState.TASK_RUNNING, 1);
        play.loseForGood(agent);

        play.greetAgain(agent, 1, new HeldTask(key, TaskState.TASK_RUNNING));

        assertThat(play.heard(framework)).containsExactly(TaskState.TASK_RUNNING);
        assertThat(play.task(key).state()).isEqualTo(TaskState.TASK_RUNNING);
        assertThat(play.cluster().pool().available(agent).toString())
                .isEqualTo(play.offersOf(framework).isEmpty() ? "cpus:3; mem:960" : "");
    }

    @Test
    void leavesAnEndToTheAgentThatKnowsIt() {
        var framework = play.framework();
        var agent = play.agent("cpus:4;mem:1024");
        var key = play.launch(framework, "t", "cpus:1;mem:64");
        play.loseForGood(agent);

        play.greetAgain(agent, 1, new HeldTask(key, TaskState.TASK_FINISHED));

        assertThat(play.heard(framework)).isEmpty();
        assertThat(play.task(key).state()).isEqualTo(TaskState.TASK_UNREACHABLE);
    }

    @Test
    void killsWhatNobodyWants() {
        var framework = play.framework();
        var agent = play.agent("cpus:4;mem:1024");
        var stray = new TaskKey(framework, new TaskId("stray"));

        play.greetAgain(agent, 5, new HeldTask(stray, TaskState.TASK_RUNNING));

        assertThat(play.told(agent))
                .contains(new Word.Kill(6, stray, io.meseta.model.Opaque.EMPTY));
    }

    @Test
    void tellsATaskFromAnEarlierOneOfTheSameId() {
        var framework = play.framework();
        var agent = play.agent("cpus:4;mem:1024");
        var key = play.launch(framework, "t", "cpus:1;mem:64");
        long order = play.task(key).placement().order();

        play.greetAgain(agent, order, new HeldTask(key, TaskState.TASK_RUNNING, order + 7));

        assertThat(play.heard(framework)).containsExactly(TaskState.TASK_GONE);
        assertThat(play.told(agent))
                .contains(new Word.Kill(order + 1, key, io.meseta.model.Opaque.EMPTY));
    }

    @Test
    void leavesAnEarlierTaskToTheAgentThatMakesPlaceForItsSuccessor() {
        var framework = play.framework();
        var agent = play.agent("cpus:4;mem:1024");
        var key = play.launch(framework, "t", "cpus:1;mem:64");
        long order = play.task(key).placement().order();

        play.greetAgain(
                agent,
                order,
                new HeldTask(key, TaskState.TASK_RUNNING, order + 7),
                new HeldTask(key, TaskState.TASK_STAGING, order));

        assertThat(play.heard(framework)).isEmpty();
        assertThat(play.told(agent)).noneMatch(Word.Kill.class::isInstance);
    }

    @Test
    void endsEverythingOfAFrameworkThatIsGone() {
        var agent = play.agent("cpus:4;mem:1024");
        var nobody = new FrameworkId("nobody");
        var stray = new TaskKey(nobody, new TaskId("stray"));

        play.greetAgain(agent, 5, new HeldTask(stray, TaskState.TASK_FINISHED));

        assertThat(play.told(agent)).contains(new Word.ShutdownFramework(6, nobody));
    }

    @Test
    void endsTheLinkThatANewerOneReplaces() {
        var agent = play.agent("cpus:4;mem:1024");
        var older = play.link(agent);

        play.greetAgain(agent, 0);

        assertThat(play.effects)
                .filteredOn(Effect.EndLink.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        Effect.EndLink.class, end -> assertThat(end.link()).isEqualTo(older));
    }

    @Test
    void ignoresTheEndOfALinkThatIsNoLongerInUse() {
        var agent = play.agent("cpus:4;mem:1024");
        var older = play.link(agent);
        play.greetAgain(agent, 0);

        play.put(new Command.LoseLink(agent, older, play.now));

        assertThat(play.cluster().agent(agent).orElseThrow().isLinked()).isTrue();
    }

    @Test
    void takesNoReportOverAnOlderLink() {
        var framework = play.framework();
        var agent = play.agent("cpus:4;mem:1024");
        var key = play.launch(framework, "t", "cpus:1;mem:64");
        var older = play.link(agent);
        play.greetAgain(agent, 1, new HeldTask(key, TaskState.TASK_STAGING));
        var status = Play.status(TaskState.TASK_RUNNING, 1);

        var refusal =
                play.refused(new Command.Report(agent, older, key, status, TaskState.TASK_RUNNING));

        assertThat(refusal).isEqualTo(new Refusal.StaleLink(agent));
    }
}
