package io.meseta.master.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.agent.LinkId;
import io.meseta.master.core.cluster.Command.HeldExecutor;
import io.meseta.master.core.cluster.Command.HeldTask;
import io.meseta.master.core.cluster.Command.Recollection;
import io.meseta.master.core.cluster.Operation.Proposal;
import io.meseta.master.core.cluster.effect.Effect.Word;
import io.meseta.master.core.executor.Executor;
import io.meseta.master.core.executor.ExecutorSpec;
import io.meseta.master.core.reign.Epoch;
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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What agents say of executors, and which executor of a name they mean.
final class ExecutorReportsTest {

    private final Play play = new Play();
    private FrameworkId framework = new FrameworkId("none");
    private AgentId agent = new AgentId("none");

    @BeforeEach
    void oneExecutorWithATask() {
        agent = play.agent("cpus:4;mem:1024");
        framework = play.framework();
        launch("a", "e");
    }

    @Test
    void hearsOfTheEndOfAnEarlierOneOfThatNameAndKeepsThisOne() {
        ends(7, 7);

        assertThat(found("e")).isPresent();
    }

    @Test
    void goesOnWithTheTasksThatTheEndedOneNeverSaw() {
        launch("b", "e");
        launch("c", "e");

        ends(1, 1);

        assertThat(found("e").orElseThrow().order()).isEqualTo(2);
    }

    @Test
    void goesOnWithNoTaskOfAnotherExecutorAndNoneThatHasEnded() {
        launch("b", "other");
        launch("c", "e");
        play.report(key("c"), TaskState.TASK_FAILED, 5);

        ends(1, 1);

        assertThat(found("e")).isEmpty();
        assertThat(found("other")).isPresent();
    }

    @Test
    void takesTheExecutorThatItsAgentHasForTheOneThatIsWanted() {
        comesBack(9, 1);

        assertThat(found("e").orElseThrow().order()).isEqualTo(1);
    }

    @Test
    void believesAnAgentThatHasALaterOneOfThatName() {
        launch("b", "e");

        comesBack(9, 2);

        assertThat(found("e").orElseThrow().order()).isEqualTo(2);
    }

    @Test
    void asksNoExecutorToEndThatIsKnown() {
        comesBack(9, 1);

        assertThat(play.told(agent)).noneMatch(Word.ShutdownExecutor.class::isInstance);
    }

    private Optional<Executor> found(String id) {
        var key = new ExecutorKey(framework, new ExecutorId(id));
        return play.cluster().tasks().executors().find(agent, key);
    }

    private TaskKey key(String id) {
        return new TaskKey(framework, new TaskId(id));
    }

    private void ends(long order, long seen) {
        play.put(
                new Command.ReportExecutorEnd(
                        agent,
                        play.link(agent),
                        new HeldExecutor(new ExecutorKey(framework, new ExecutorId("e")), order),
                        Optional.empty(),
                        seen));
    }

    /// With an executor that was launched by that order, and the tasks that it should have.
    private void comesBack(long seen, long order) {
        var held =
                play.cluster()
                        .tasks()
                        .on(agent)
                        .map(task -> new HeldTask(task.key(), TaskState.TASK_RUNNING))
                        .toList();
        play.put(
                new Command.Greet(
                        Optional.of(agent),
                        Play.agentWith("cpus:4;mem:1024"),
                        new LinkId("again"),
                        new Recollection(new Epoch(0), seen),
                        held,
                        List.of(),
                        List.of(
                                new HeldExecutor(
                                        new ExecutorKey(framework, new ExecutorId("e")), order))));
    }

    private void launch(String task, String executor) {
        var offer = play.offer(framework);
        var plain = Play.spec(task, "cpus:1;mem:64");
        var spec =
                new TaskSpec(
                        plain.id(),
                        plain.name(),
                        plain.role(),
                        plain.resources(),
                        plain.wire(),
                        new Home.In(new ExecutorId(executor), false));
        var executorSpec =
                new ExecutorSpec(new ExecutorId(executor), Resources.EMPTY, Opaque.EMPTY);
        play.put(
                new Command.Accept(
                        play.caller(framework),
                        List.of(offer.id()),
                        List.of(
                                new Operation.Launch(
                                        List.of(
                                                new Proposal.Wellformed(
                                                        spec,
                                                        offer.agent(),
                                                        "",
                                                        Optional.of(executorSpec))))),
                        Duration.ZERO));
    }
}
