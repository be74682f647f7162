package io.meseta.agent.core.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.agent.core.executor.ExecutorSpec.Kind;
import io.meseta.agent.core.machine.Effect.ExecutorWord;
import io.meseta.agent.core.order.Order;
import io.meseta.agent.core.step.Desired;
import io.meseta.agent.core.step.Subject;
import io.meseta.agent.core.task.Exit;
import io.meseta.agent.core.task.Stage;
import io.meseta.model.FrameworkId;
import io.meseta.model.TaskId;
import io.meseta.model.TaskState;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Executors and groups on one machine.
class ExecutorsTest extends ExecutorBench {

    @Test
    void startsOneExecutorForManyTasksAndHandsThemOverOnceItListens() {
        join();
        launch(Kind.CUSTOM, false, "a");
        launch(Kind.CUSTOM, false, "b");

        assertThat(machine.executors()).hasSize(1);
        assertThat(machine.desired()).containsOnlyKeys(Subject.of(KEY));
        assertThat(stage("a")).isEqualTo(Stage.ORDERED);

        bringUp();
        attend();

        assertThat(said.getFirst()).isInstanceOf(ExecutorWord.Subscribed.class);
        assertThat(said.stream().filter(ExecutorWord.Launch.class::isInstance)).hasSize(2);
        assertThat(stage("b")).isEqualTo(Stage.LAUNCHING);
    }

    @Test
    void handsAGroupOverInOnePiece() {
        join();
        launch(Kind.CUSTOM, true, "a", "b");
        bringUp();
        attend();

        assertThat(said)
                .anySatisfy(word ->
                        assertThat(word)
                                .isInstanceOfSatisfying(
                                        ExecutorWord.LaunchGroup.class,
                                        group -> assertThat(group.tasks()).hasSize(2)));
    }

    @Test
    void keepsWhatAnExecutorSaysAndTellsItSoEachTime() {
        join();
        launch(Kind.CUSTOM, false, "a");
        bringUp();
        attend();

        says("a", TaskState.TASK_RUNNING, 1);
        says("a", TaskState.TASK_RUNNING, 1);
        says("stranger", TaskState.TASK_RUNNING, 2);

        assertThat(said.stream().filter(ExecutorWord.Acknowledged.class::isInstance)).hasSize(3);
        assertThat(machine.task(Bench.key("a")).orElseThrow().updates().waiting()).hasSize(1);
        assertThat(stage("a")).isEqualTo(Stage.RUNNING);
    }

    @Test
    void asksTheExecutorToEndATaskAndAsksAgainWhenItComesBack() {
        join();
        launch(Kind.CUSTOM, false, "a");
        bringUp();
        attend();
        says("a", TaskState.TASK_RUNNING, 1);

        order(new Order.Kill(Bench.key("a")));
        put(new Command.Leave(KEY, CONNECTION));
        attend(new TaskId("a"));

        assertThat(said.stream().filter(ExecutorWord.Kill.class::isInstance)).hasSize(2);
        assertThat(stage("a")).isEqualTo(Stage.KILLING);
        assertThat(machine.desired().get(Subject.of(KEY))).isEqualTo(Desired.KEPT);
    }

    @Test
    void dropsATaskThatGotLostBetweenAgentAndExecutor() {
        join();
        launch(Kind.CUSTOM, false, "a");
        bringUp();
        attend();

        attend();

        assertThat(latest("a")).isEqualTo(TaskState.TASK_DROPPED);
    }

    @Test
    void endsAGroupWithTheFirstThatFails() {
        join();
        launch(Kind.BUILT_IN, true, "a", "b");
        for (var task : List.of("a", "b")) {
            put(new Command.NotePrepared(Bench.key(task)));
            put(new Command.NoteStarted(Bench.key(task)));
        }

        put(new Command.NoteExit(Bench.key("a"), new Exit.Status(1)));

        assertThat(stage("b")).isEqualTo(Stage.KILLING);
        put(new Command.NoteExit(Bench.key("b"), new Exit.Status(143)));
        assertThat(latest("b")).isEqualTo(TaskState.TASK_KILLED);
        assertThat(executor().stage()).isEqualTo(Stage.ENDED);
        acknowledgeAll();
        assertThat(machine.executors()).isEmpty();
    }

    @Test
    void leavesOtherGroupsAndFinishedTasksAlone() {
        join();
        launch(Kind.BUILT_IN, true, "a", "b");
        launch(Kind.BUILT_IN, true, "c");
        for (var task : List.of("a", "b", "c")) {
            put(new Command.NotePrepared(Bench.key(task)));
            put(new Command.NoteStarted(Bench.key(task)));
        }

        put(new Command.NoteExit(Bench.key("a"), new Exit.Status(0)));
        assertThat(stage("b")).isEqualTo(Stage.RUNNING);
        order(new Order.Kill(Bench.key("b")));
        put(new Command.NoteExit(Bench.key("b"), new Exit.Status(143)));

        assertThat(stage("c")).isEqualTo(Stage.RUNNING);
        assertThat(executor().stage()).isEqualTo(Stage.RUNNING);
    }

    @Test
    void forgetsAGroupWithItsFramework() {
        join();
        launch(Kind.BUILT_IN, true, "a");
        put(new Command.NotePrepared(Bench.key("a")));
        put(new Command.NoteStarted(Bench.key("a")));

        order(new Order.ShutdownFramework(new FrameworkId("f")));
        put(new Command.NoteExit(Bench.key("a"), new Exit.Status(0)));

        assertThat(machine.tasks()).isEmpty();
        assertThat(machine.executors()).isEmpty();
    }
}
