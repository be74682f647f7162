package io.meseta.master.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.cluster.Command.Caller;
import io.meseta.master.core.cluster.Command.Question;
import io.meseta.master.core.cluster.effect.Effect;
import io.meseta.master.core.cluster.effect.Effect.News;
import io.meseta.master.core.cluster.effect.Effect.Word;
import io.meseta.master.core.framework.FrameworkProfile;
import io.meseta.master.core.framework.StreamId;
import io.meseta.master.core.task.Status;
import io.meseta.master.play.Play;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.Principal;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FrameworksTest {

    private final Play play = new Play();

    @Test
    void givesAFrameworkAnIdOfThisReign() {
        assertThat(play.framework().value()).isEqualTo("M1-0000");
        assertThat(play.framework().value()).isEqualTo("M1-0001");
    }

    @Test
    void letsAFrameworkBringItsOwnId() {
        var own = new FrameworkId("mine");

        assertThat(play.subscribe(Optional.of(own), Play.profile(Duration.ZERO))).isEqualTo(own);
    }

    @Test
    void endsTheOlderStreamOfAFrameworkThatFailsOver() {
        var id = play.framework();
        var older = play.stream(id);

        play.resubscribe(id);

        assertThat(play.effects)
                .contains(new Effect.EndStream(id, older, Optional.of("Framework failed over")));
        assertThat(play.told(id)).contains(new News.Subscribed());
    }

    @Test
    void discardsTheOffersOfAFrameworkThatFailsOver() {
        var id = play.framework();
        play.agent("cpus:1;mem:64");
        var older = play.offer(id);

        play.resubscribe(id);

        assertThat(play.cluster().offers().find(older.id())).isEmpty();
        assertThat(play.offersOf(id)).hasSize(1);
    }

    @Test
    void refusesAFrameworkOfAnotherPrincipal() {
        var id = play.framework();
        var identity =
                new FrameworkProfile.Identity("root", Optional.of(new Principal("eve")), true);
        var said = Play.profile(Duration.ZERO);
        var stranger =
                new FrameworkProfile(
                        identity,
                        said.name(),
                        said.roles(),
                        Set.of(),
                        said.failoverTimeout(),
                        Opaque.EMPTY);

        var refusal =
                play.refused(
                        new Command.Subscribe(
                                Optional.of(id),
                                stranger,
                                Collections.emptySortedSet(),
                                new StreamId("x")));

        assertThat(refusal).isEqualTo(new Refusal.PrincipalDiffers(id));
    }

    @Test
    void checksWhoCallsInTheOrderOfMesos() {
        var id = play.framework();
        var nobody = new FrameworkId("nobody");
        var current = play.stream(id);
        var wrong = new StreamId("wrong");

        assertThat(teardown(nobody, Optional.empty()))
                .isEqualTo(new Refusal.UnknownFramework(nobody));
        assertThat(teardown(id, Optional.empty())).isEqualTo(new Refusal.StreamIdMissing(id));
        assertThat(teardown(id, Optional.of(wrong)))
                .isEqualTo(new Refusal.StreamIdDiffers(id, wrong, current));
        play.hangUp(id);
        assertThat(teardown(id, Optional.of(current))).isEqualTo(new Refusal.NotSubscribed(id));
    }

    @Test
    void removesAFrameworkThatStaysAwayForTooLong() {
        var id = play.framework();
        var agent = play.agent("cpus:4;mem:1024");
        var key = play.launch(id, "t", "cpus:1;mem:64");
        play.hangUp(id);

        play.pass(Duration.ofSeconds(59));
        assertThat(play.cluster().framework(id)).isPresent();
        play.pass(Duration.ofSeconds(1));

        assertThat(play.cluster().framework(id)).isEmpty();
        assertThat(play.cluster().completed().find(key).orElseThrow().task().state())
                .isEqualTo(TaskState.TASK_KILLED);
        assertThat(play.told(agent)).containsExactly(new Word.ShutdownFramework(2, id));
        assertThat(play.cluster().pool().available(agent))
                .isEqualTo(play.cluster().pool().total(agent));
    }

    @Test
    void takesNoFrameworkBackThatIsGone() {
        var id = play.framework();
        play.put(new Command.Teardown(play.caller(id)));

        var refusal =
                play.refused(
                        new Command.Subscribe(
                                Optional.of(id),
                                Play.profile(Duration.ZERO),
                                Collections.emptySortedSet(),
                                new StreamId("x")));

        assertThat(refusal).isEqualTo(new Refusal.CompletedFramework(id));
    }

    @Test
    void waitsTenMinutesForFrameworksAfterATakeover() {
        var id = play.framework();
        play.failOver();

        play.pass(Duration.ofMinutes(10).minusSeconds(1));
        assertThat(play.cluster().framework(id)).isPresent();

        play.pass(Duration.ofSeconds(1));
        assertThat(play.cluster().framework(id)).isEmpty();
    }

    @Test
    void offersNothingToWhomWantsNothingAndEverythingToWhomChangesItsMind() {
        var id = play.framework();
        play.put(new Command.Suppress(play.caller(id), new TreeSet<>()));
        play.agent("cpus:1;mem:64");
        assertThat(play.offersOf(id)).isEmpty();

        play.put(new Command.Revive(play.caller(id), new TreeSet<>()));

        assertThat(play.offersOf(id)).hasSize(1);
    }

    @Test
    void keepsDeclinedResourcesAwayUntilTheyAreRevived() {
        var id = play.framework();
        play.agent("cpus:1;mem:64");
        var offer = play.offer(id);

        play.put(new Command.Decline(play.caller(id), List.of(offer.id()), Duration.ofDays(1)));
        assertThat(play.offersOf(id)).isEmpty();

        play.put(new Command.Revive(play.caller(id), new TreeSet<>()));
        assertThat(play.offersOf(id)).hasSize(1);
    }

    @Test
    void remembersAKillForAnAgentThatIsAway() {
        var id = play.framework();
        var agent = play.agent("cpus:4;mem:1024");
        var key = play.launch(id, "t", "cpus:1;mem:64");
        play.unplug(agent);

        play.put(new Command.Kill(play.caller(id), key.task(), Optional.empty(), Opaque.EMPTY));
        assertThat(play.told(agent)).isEmpty();

        play.greetAgain(agent, 1, new Command.HeldTask(key, TaskState.TASK_RUNNING));
        assertThat(play.told(agent)).contains(new Word.Kill(2, key, Opaque.EMPTY));
    }

    @Test
    void answersForATaskThatCannotBeKilledAsForOneThatIsAskedAfter() {
        var id = play.framework();

        play.put(
                new Command.Kill(
                        play.caller(id), new TaskId("none"), Optional.empty(), Opaque.EMPTY));

        assertThat(play.heard(id)).containsExactly(TaskState.TASK_UNKNOWN);
    }

    @Test
    void saysWhatTheFrameworkWasToldLastAndNotWhatIsKnownByNow() {
        var id = play.framework();
        play.agent("cpus:4;mem:1024");
        var key = play.launch(id, "t", "cpus:1;mem:64");
        play.report(key, Play.status(TaskState.TASK_RUNNING, 1), TaskState.TASK_FINISHED);

        play.put(new Command.Reconcile(play.caller(id), List.of()));

        assertThat(play.updates(id))
                .singleElement()
                .returns(TaskState.TASK_RUNNING, Status::state)
                .returns("Reconciliation: Latest task state", Status::message)
                .returns(Optional.empty(), Status::uuid);
    }

    @Test
    void answersQuestionsByWhatIsKnownOfTheAgent() {
        var id = play.framework();
        var agent = play.agent("cpus:4;mem:1024");
        var away = play.agent("cpus:1;mem:64");
        play.loseForGood(away);
        var task = new TaskId("none");

        play.put(
                new Command.Reconcile(
                        play.caller(id),
                        List.of(
                                new Question(task, Optional.of(agent)),
                                new Question(task, Optional.of(away)),
                                new Question(task, Optional.of(new AgentId("nowhere"))),
                                new Question(task, Optional.empty()))));

        assertThat(play.heard(id))
                .containsExactly(
                        TaskState.TASK_GONE,
                        TaskState.TASK_UNREACHABLE,
                        TaskState.TASK_UNKNOWN,
                        TaskState.TASK_UNKNOWN);
    }

    @Test
    void leavesUnreachableTasksOutOfAGeneralAnswer() {
        var id = play.framework();
        var agent = play.agent("cpus:4;mem:1024");
        TaskKey key = play.launch(id, "t", "cpus:1;mem:64");
        play.loseForGood(agent);

        play.put(new Command.Reconcile(play.caller(id), List.of()));
        assertThat(play.heard(id)).isEmpty();

        play.put(
                new Command.Reconcile(
                        play.caller(id), List.of(new Question(key.task(), Optional.empty()))));
        assertThat(play.heard(id)).containsExactly(TaskState.TASK_UNREACHABLE);
    }

    @Test
    void rescindsTheOffersOfAnAgentThatIsGone() {
        var id = play.framework();
        var agent = play.agent("cpus:4;mem:1024");
        var offer = play.offer(id);

        play.unplug(agent);

        assertThat(play.told(id)).containsExactly(new News.Rescinded(offer.id()));
    }

    private Refusal teardown(FrameworkId id, Optional<StreamId> stream) {
        return play.refused(new Command.Teardown(new Caller(id, stream, Optional.empty())));
    }
}
