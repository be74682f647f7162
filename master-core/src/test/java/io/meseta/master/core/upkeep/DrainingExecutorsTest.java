package io.meseta.master.core.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.agent.AgentProfile;
import io.meseta.master.core.agent.LinkId;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Command.HeldExecutor;
import io.meseta.master.core.cluster.Operation;
import io.meseta.master.core.cluster.Operation.Proposal;
import io.meseta.master.core.cluster.effect.Effect.Word;
import io.meseta.master.core.executor.ExecutorSpec;
import io.meseta.master.core.task.Home;
import io.meseta.master.core.task.TaskSpec;
import io.meseta.master.play.Play;
import io.meseta.model.AgentCapability;
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
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A drain ends the executors that are left without tasks, and waits for their end.
final class DrainingExecutorsTest {

    private static final Resources CPU = Resources.parse("cpus:1");

    private final Play play = new Play();

    private AgentId agent() {
        return play.greet(
                Optional.empty(),
                new AgentProfile(
                        "host",
                        5051,
                        Resources.parse("cpus:8"),
                        Set.of(AgentCapability.AGENT_DRAINING),
                        "1.11.0",
                        Opaque.EMPTY),
                0);
    }

    private TaskKey launch(FrameworkId framework, String task, String executor) {
        var offer = play.offer(framework);
        var id = new ExecutorId(executor);
        var spec =
                new TaskSpec(
                        new TaskId(task),
                        task,
                        Play.DEV,
                        CPU,
                        Opaque.EMPTY,
                        new Home.In(id, false));
        var brought = Optional.of(new ExecutorSpec(id, CPU, Opaque.EMPTY));
        var proposal = new Proposal.Wellformed(spec, offer.agent(), "", brought);
        play.put(
                new Command.Accept(
                        play.caller(framework),
                        List.of(offer.id()),
                        List.of(new Operation.Launch(List.of(proposal))),
                        Duration.ZERO));
        return new TaskKey(framework, spec.id());
    }

    private void drain(AgentId agent, boolean marksGone) {
        play.put(new Command.KeepUp(new UpkeepWish.DrainAgent(agent, Optional.empty(), marksGone)));
    }

    private static ExecutorKey executor(FrameworkId framework, String id) {
        return new ExecutorKey(framework, new ExecutorId(id));
    }

    private void end(AgentId agent, ExecutorKey executor, long order) {
        play.put(
                new Command.ReportExecutorEnd(
                        agent,
                        play.link(agent),
                        new HeldExecutor(executor, order),
                        Optional.of(0),
                        9));
    }

    private boolean isDrained(AgentId agent) {
        return play.cluster().upkeep().drain(agent).orElseThrow().isDone();
    }

    @Test
    void endsExecutorsThatHaveNoTaskLeft() {
        var agent = agent();
        var framework = play.framework();
        var first = launch(framework, "a", "idle");
        launch(framework, "b", "busy");
        play.finish(first, TaskState.TASK_FINISHED, 1);

        drain(agent, false);

        assertThat(play.told(agent))
                .contains(new Word.ShutdownExecutor(3, executor(framework, "idle")))
                .noneMatch(word ->
                        word.equals(new Word.ShutdownExecutor(4, executor(framework, "busy"))));
    }

    @Test
    void endsAnExecutorWithItsLastTaskAndOnlyOnce() {
        var agent = agent();
        var framework = play.framework();
        var task = launch(framework, "a", "e");
        drain(agent, false);

        play.report(task, TaskState.TASK_KILLED, 1);
        assertThat(play.told(agent))
                .contains(new Word.ShutdownExecutor(2, executor(framework, "e")));
        play.acknowledge(task, 1);

        assertThat(play.told(agent)).noneMatch(Word.ShutdownExecutor.class::isInstance);
    }

    @Test
    void isDrainedOnceTheLastExecutorIsGone() {
        var agent = agent();
        var framework = play.framework();
        var task = launch(framework, "a", "e");
        drain(agent, false);
        play.finish(task, TaskState.TASK_KILLED, 1);
        boolean isDrainedBefore = isDrained(agent);

        end(agent, executor(framework, "e"), 1);

        assertThat(isDrainedBefore).isFalse();
        assertThat(isDrained(agent)).isTrue();
    }

    @Test
    void marksAnAgentGoneOnceTheLastExecutorIsGone() {
        var agent = agent();
        var framework = play.framework();
        var task = launch(framework, "a", "e");
        drain(agent, true);
        play.finish(task, TaskState.TASK_KILLED, 1);

        end(agent, executor(framework, "e"), 1);

        assertThat(play.cluster().upkeep().gone().has(agent)).isTrue();
        assertThat(play.cluster().tasks().executors().all()).isEmpty();
    }

    @Test
    void ordersTheEndAgainOfAnAgentThatHasNotHeardOfIt() {
        var agent = agent();
        var framework = play.framework();
        var task = launch(framework, "a", "e");
        play.finish(task, TaskState.TASK_FINISHED, 1);
        play.unplug(agent);
        drain(agent, false);

        play.failOver();
        play.resubscribe(framework);
        play.put(
                new Command.Greet(
                        Optional.of(agent),
                        play.cluster().agent(agent).orElseThrow().profile(),
                        new LinkId("again"),
                        new Command.Recollection(play.cluster().reign().epoch(), 1),
                        List.of(),
                        List.of(),
                        List.of(new HeldExecutor(executor(framework, "e"), 1))));

        assertThat(play.told(agent))
                .contains(new Word.ShutdownExecutor(2, executor(framework, "e")));
    }
}
