package io.meseta.master.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.agent.LinkId;
import io.meseta.master.core.cluster.Command.HeldExecutor;
import io.meseta.master.core.cluster.Command.HeldTask;
import io.meseta.master.core.cluster.Command.Recollection;
import io.meseta.master.core.cluster.Operation.Proposal;
import io.meseta.master.core.cluster.effect.Effect.News;
import io.meseta.master.core.cluster.effect.Effect.Word;
import io.meseta.master.core.executor.Executor;
import io.meseta.master.core.executor.ExecutorSpec;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.task.Home;
import io.meseta.master.core.task.TaskSpec;
import io.meseta.master.play.Play;
import io.meseta.model.AgentId;
import io.meseta.model.ExecutorId;
import io.meseta.model.ExecutorKey;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.Resources;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import io.meseta.model.status.StatusReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Executors, groups, and what frameworks and executors say to each other.
final class ExecutorsTest {

    private final Play play = new Play();

    private static ExecutorSpec executor(String id, String resources) {
        return new ExecutorSpec(new ExecutorId(id), Resources.parse(resources), Opaque.EMPTY);
    }

    private static TaskSpec member(String id, String resources, boolean isGrouped) {
        var plain = Play.spec(id, resources);
        return new TaskSpec(
                plain.id(),
                plain.name(),
                plain.role(),
                plain.resources(),
                plain.wire(),
                new Home.In(new ExecutorId("e"), isGrouped));
    }

    private void launch(FrameworkId framework, String task, ExecutorSpec executor) {
        var offer = play.offer(framework);
        accept(
                framework,
                offer,
                new Operation.Launch(
                        List.of(
                                new Proposal.Wellformed(
                                        member(task, "cpus:1;mem:64", false),
                                        offer.agent(),
                                        "",
                                        Optional.of(executor)))));
    }

    private void launchGroup(FrameworkId framework, ExecutorSpec executor, String... tasks) {
        var offer = play.offer(framework);
        var members = new ArrayList<Proposal.Wellformed>();
        for (var task : tasks)
            members.add(
                    new Proposal.Wellformed(member(task, "cpus:1;mem:64", true), offer.agent()));
        accept(framework, offer, new Operation.LaunchGroup(executor, members));
    }

    private void accept(FrameworkId framework, Offer offer, Operation operation) {
        play.put(
                new Command.Accept(
                        play.caller(framework),
                        List.of(offer.id()),
                        List.of(operation),
                        Duration.ZERO));
    }

    private Optional<Executor> found(AgentId agent, FrameworkId framework) {
        return play.cluster()
                .tasks()
                .executors()
                .find(agent, new ExecutorKey(framework, new ExecutorId("e")));
    }

    private void ends(AgentId agent, FrameworkId framework, long order, long seen) {
        play.put(
                new Command.ReportExecutorEnd(
                        agent,
                        play.link(agent),
                        new HeldExecutor(new ExecutorKey(framework, new ExecutorId("e")), order),
                        Optional.of(256),
                        seen));
    }

    @Test
    void countsAnExecutorOnceAndForAsLongAsItLives() {
        var agent = play.agent("cpus:4;mem:1024");
        var framework = play.framework();
        launch(framework, "a", executor("e", "cpus:0.5;mem:32"));
        launch(framework, "b", executor("e", "cpus:0.5;mem:32"));

        assertThat(play.cluster().pool().available(agent).plus(given(framework)))
                .isEqualTo(Resources.parse("cpus:1.5;mem:864"));
        play.finish(key(framework, "a"), TaskState.TASK_FINISHED, 1);
        play.finish(key(framework, "b"), TaskState.TASK_FINISHED, 2);
        assertThat(found(agent, framework)).isPresent();

        ends(agent, framework, 1, 2);

        assertThat(found(agent, framework)).isEmpty();
        assertThat(play.told(framework))
                .contains(new News.ExecutorFailed(agent, new ExecutorId("e"), Optional.of(256)));
        assertThat(play.cluster().pool().available(agent).plus(given(framework)))
                .isEqualTo(Resources.parse("cpus:4;mem:1024"));
    }

    private Resources given(FrameworkId framework) {
        var given = Resources.EMPTY;
        for (var offer : play.offersOf(framework)) given = given.plus(offer.grant().resources());
        return given;
    }

    private static TaskKey key(FrameworkId framework, String task) {
        return new TaskKey(framework, new TaskId(task));
    }

    @Test
    void refusesAnExecutorThatIsNotTheOneOfThatName() {
        play.agent("cpus:4;mem:1024");
        var framework = play.framework();
        launch(framework, "a", executor("e", "cpus:0.5;mem:32"));

        launch(
                framework,
                "b",
                new ExecutorSpec(new ExecutorId("e"), Resources.EMPTY, Opaque.of(new byte[] {1})));

        var status = play.updates(framework).getFirst();
        assertThat(status.state()).isEqualTo(TaskState.TASK_ERROR);
        assertThat(status.message())
                .isEqualTo(
                        "ExecutorInfo is not compatible with existing ExecutorInfo with same"
                                + " ExecutorID.");
    }

    @Test
    void countsTheExecutorAmongWhatATaskNeeds() {
        play.agent("cpus:1;mem:1024");
        var framework = play.framework();

        launch(framework, "a", executor("e", "cpus:0.5;mem:32"));

        assertThat(play.updates(framework).getFirst().message())
                .startsWith("Total resources ")
                .contains(" required by task and its executor is more than available ");
    }

    @Test
    void launchesAGroupByOneOrder() {
        var agent = play.agent("cpus:4;mem:1024");
        var framework = play.framework();

        launchGroup(framework, executor("e", "cpus:0.5;mem:32"), "a", "b");

        var word = (Word.LaunchGroup) play.told(agent).getFirst();
        assertThat(play.told(agent)).hasSize(1);
        assertThat(word.tasks()).hasSize(2);
        assertThat(play.task(key(framework, "a")).placement())
                .isEqualTo(play.task(key(framework, "b")).placement());
    }

    @Test
    void launchesNothingOfAGroupThatDoesNotFit() {
        var agent = play.agent("cpus:2;mem:1024");
        var framework = play.framework();

        launchGroup(framework, executor("e", "cpus:0.5;mem:32"), "a", "b");

        assertThat(play.cluster().tasks().size()).isZero();
        assertThat(found(agent, framework)).isEmpty();
        assertThat(play.updates(framework))
                .hasSize(2)
                .allSatisfy(status -> {
                    assertThat(status.origin().reason())
                            .contains(StatusReason.REASON_TASK_GROUP_INVALID);
                    assertThat(status.message())
                            .contains(
                                    " required by task group and its executor are more than"
                                            + " available ");
                });
    }

    @Test
    void ordersAGroupAgainWholeToAnAgentThatHasNotSeenIt() {
        var agent = play.agent("cpus:4;mem:1024");
        var framework = play.framework();
        launchGroup(framework, executor("e", "cpus:0.5;mem:32"), "a", "b");

        play.failOver();
        play.greetAgain(agent, 0);

        assertThat(play.told(agent))
                .anySatisfy(word ->
                        assertThat(word)
                                .isInstanceOfSatisfying(
                                        Word.LaunchGroup.class,
                                        group -> assertThat(group.tasks()).hasSize(2)));
    }

    @Test
    void passesMessagesOnBothWays() {
        var agent = play.agent("cpus:4;mem:1024");
        var framework = play.framework();
        launch(framework, "a", executor("e", "cpus:0.5;mem:32"));
        var executor = new ExecutorKey(framework, new ExecutorId("e"));
        var data = Opaque.of(new byte[] {1, 2});

        play.put(new Command.SendMessage(play.caller(framework), agent, executor.executor(), data));
        assertThat(play.told(agent)).containsExactly(new Word.Message(executor, data));

        play.put(new Command.ReportMessage(agent, play.link(agent), executor, data));
        assertThat(play.told(framework))
                .containsExactly(new News.Message(agent, executor.executor(), data));
    }

    @Test
    void ordersAnExecutorToEndAndPassesOverOneThatIsNotThere() {
        var agent = play.agent("cpus:4;mem:1024");
        var framework = play.framework();
        launch(framework, "a", executor("e", "cpus:0.5;mem:32"));

        play.put(
                new Command.ShutdownExecutor(
                        play.caller(framework), agent, new ExecutorId("nobody")));
        assertThat(play.told(agent)).isEmpty();

        play.put(new Command.ShutdownExecutor(play.caller(framework), agent, new ExecutorId("e")));
        assertThat(play.told(agent))
                .containsExactly(
                        new Word.ShutdownExecutor(
                                2, new ExecutorKey(framework, new ExecutorId("e"))));
    }

    @Test
    void ordersAnExecutorToEndOnceHoweverOftenItIsAskedFor() {
        var agent = play.agent("cpus:4;mem:1024");
        var framework = play.framework();
        launch(framework, "a", executor("e", "cpus:0.5;mem:32"));
        var shutdown =
                new Command.ShutdownExecutor(play.caller(framework), agent, new ExecutorId("e"));
        play.put(shutdown);
        long before = play.committer.sequence();

        play.put(shutdown);

        assertThat(play.told(agent)).isEmpty();
        assertThat(play.committer.sequence()).isEqualTo(before);
    }

    @Test
    void believesAnAgentThatHasAnExecutorNoMore() {
        var agent = play.agent("cpus:4;mem:1024");
        var framework = play.framework();
        launch(framework, "a", executor("e", "cpus:0.5;mem:32"));

        play.greetAgain(agent, 1);

        assertThat(found(agent, framework)).isEmpty();
        assertThat(play.told(framework))
                .contains(new News.ExecutorFailed(agent, new ExecutorId("e"), Optional.empty()));
    }

    @Test
    void endsAnExecutorThatItDoesNotKnow() {
        var agent = play.agent("cpus:4;mem:1024");
        var framework = play.framework();
        var profile = play.cluster().agent(agent).orElseThrow().profile();
        var executor = new ExecutorKey(framework, new ExecutorId("stray"));

        play.put(
                new Command.Greet(
                        Optional.of(agent),
                        profile,
                        new LinkId("again"),
                        new Recollection(play.cluster().reign().epoch(), 0),
                        List.<HeldTask>of(),
                        List.of(),
                        List.of(new HeldExecutor(executor, 9))));

        assertThat(play.told(agent)).contains(new Word.ShutdownExecutor(1, executor));
    }

    @Test
    void knowsThatATaskOnItsWayBringsAnotherExecutorOfTheSameName() {
        var agent = play.agent("cpus:4;mem:1024");
        var framework = play.framework();
        launch(framework, "a", executor("e", "cpus:0.5;mem:32"));
        launch(framework, "b", executor("e", "cpus:0.5;mem:32"));

        ends(agent, framework, 1, 1);

        assertThat(found(agent, framework).orElseThrow().order()).isEqualTo(2);
        ends(agent, framework, 1, 1);
        assertThat(found(agent, framework)).isPresent();
    }

    @Test
    void freesExecutorsWithTheirFramework() {
        var agent = play.agent("cpus:4;mem:1024");
        var framework = play.framework();
        launch(framework, "a", executor("e", "cpus:0.5;mem:32"));
        play.finish(key(framework, "a"), TaskState.TASK_FINISHED, 1);

        play.put(new Command.RemoveFramework(framework));

        assertThat(found(agent, framework)).isEmpty();
        assertThat(play.told(agent)).contains(new Word.ShutdownFramework(2, framework));
        assertThat(play.cluster().pool().available(agent))
                .isEqualTo(Resources.parse("cpus:4;mem:1024"));
    }

    @Test
    void remembersExecutorsAcrossATakeover() {
        var agent = play.agent("cpus:4;mem:1024");
        var framework = play.framework();
        launch(framework, "a", executor("e", "cpus:0.5;mem:32"));
        var before = found(agent, framework);

        play.failOver();

        assertThat(found(agent, framework)).isEqualTo(before);
    }
}
