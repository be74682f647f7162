package io.meseta.agent.core.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.agent.core.Moment;
import io.meseta.agent.core.executor.ExecutorSpec.Kind;
import io.meseta.agent.core.machine.Effect.ExecutorWord;
import io.meseta.agent.core.order.Order;
import io.meseta.agent.core.step.Desired;
import io.meseta.agent.core.task.Exit;
import io.meseta.agent.core.task.Stage;
import io.meseta.agent.core.update.Cause;
import io.meseta.agent.core.update.Cause.Reason;
import io.meseta.model.FrameworkId;
import io.meseta.model.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// How executors end, and what becomes of their tasks.
class ExecutorEndsTest extends ExecutorBench {

    @Test
    void failsWhatAnExecutorRanAndDropsWhatItNeverGot() {
        join();
        launch(Kind.CUSTOM, false, "a");
        bringUp();
        attend();
        says("a", TaskState.TASK_RUNNING, 1);
        put(new Command.Leave(KEY, CONNECTION));
        launch(Kind.CUSTOM, false, "b");

        exits(1);

        assertThat(latest("a")).isEqualTo(TaskState.TASK_FAILED);
        assertThat(latest("b")).isEqualTo(TaskState.TASK_DROPPED);
        assertThat(effects.stream().filter(Effect.SendExecutorEnd.class::isInstance)).hasSize(1);
        acknowledgeAll();
        assertThat(machine.executors()).isEmpty();
        assertThat(machine.tasks()).isEmpty();
    }

    @Test
    void givesAnExecutorItsTimeToEndAndThenEndsIt() {
        join();
        launch(Kind.CUSTOM, false, "a");
        bringUp();
        attend();

        order(new Order.ShutdownExecutor(KEY));
        assertThat(said.getLast()).isInstanceOf(ExecutorWord.Shutdown.class);
        assertThat(executor().desired()).isEqualTo(Desired.KEPT);

        now = now.plusSeconds(5);
        put(new Command.Tick());
        assertThat(executor().desired()).isEqualTo(Desired.DESTROYED);
    }

    @Test
    void endsAnExecutorThatDoesNotRegister() {
        join();
        launch(Kind.CUSTOM, false, "a");
        bringUp();

        now = now.plus(Duration.ofMinutes(1));
        put(new Command.Tick());
        assertThat(executor().desired()).isEqualTo(Desired.DESTROYED);
        exits(137);

        var last = machine.task(Bench.key("a")).orElseThrow().updates().outstanding().orElseThrow();
        assertThat(last.cause().reason()).isEqualTo(Reason.EXECUTOR_REGISTRATION_TIMEOUT);
    }

    @Test
    void endsAnExecutorThatDoesNotComeBackAfterARestart() {
        join();
        launch(Kind.CUSTOM, false, "a");
        bringUp();
        attend();
        says("a", TaskState.TASK_RUNNING, 1);
        put(new Command.Leave(KEY, CONNECTION));
        put(new Command.AwaitExecutors(Duration.ofSeconds(2)));

        now = now.plusSeconds(2);
        put(new Command.Tick());
        exits(137);

        acknowledgeOnce("a");
        var last = machine.task(Bench.key("a")).orElseThrow().updates().outstanding().orElseThrow();
        assertThat(last.cause().reason()).isEqualTo(Reason.EXECUTOR_REREGISTRATION_TIMEOUT);
    }

    private void acknowledgeOnce(String task) {
        var update =
                machine.task(Bench.key(task)).orElseThrow().updates().outstanding().orElseThrow();
        put(new Command.Acknowledge(Bench.key(task), update.uuid()));
    }

    @Test
    void startsAnotherExecutorOfTheSameNameOnceOneHasEnded() {
        join();
        launch(Kind.CUSTOM, false, "a");
        bringUp();
        attend();
        says("a", TaskState.TASK_RUNNING, 1);
        var first = executor().container();
        exits(0);

        launch(Kind.CUSTOM, false, "b");

        assertThat(executor().container()).isNotEqualTo(first);
        assertThat(stage("a")).isEqualTo(Stage.ENDED);
        assertThat(stage("b")).isEqualTo(Stage.ORDERED);
    }

    @Test
    void endsAnExecutorWithItsFramework() {
        join();
        launch(Kind.CUSTOM, false, "a");
        bringUp();
        attend();

        order(new Order.ShutdownFramework(new FrameworkId("f")));
        assertThat(said.getLast()).isInstanceOf(ExecutorWord.Shutdown.class);
        exits(0);

        assertThat(machine.tasks()).isEmpty();
        assertThat(machine.executors()).isEmpty();
    }

    /// The master has known of it since it gave the order.
    @Test
    void saysThatAnExecutorHasEndedThatADrainLetsNotBegin() {
        for (var kind : Kind.values()) {
            effects.clear();
            join();
            put(new Command.HearOfDrain(Optional.of(new Drain(Optional.empty(), false, now))));

            launch(kind, true, "a-" + kind, "b-" + kind);

            assertThat(latest("a-" + kind)).isEqualTo(TaskState.TASK_DROPPED);
            assertEndIsTold(kind);
        }
    }

    @Test
    void saysThatAnExecutorHasEndedWhoseTasksAreUnfit() {
        for (var kind : Kind.values()) {
            effects.clear();
            join();
            var cause = Cause.ofAgent(Reason.TASK_INVALID, "no");

            order(
                    new Order.UnfitIn(
                            launchIn(kind, false, "a-" + kind), TaskState.TASK_ERROR, cause));

            assertThat(latest("a-" + kind)).isEqualTo(TaskState.TASK_ERROR);
            assertEndIsTold(kind);
        }
    }

    /// The disk had the first line of what was decided when it ended, and then the agent crashed.
    @Test
    void endsTheTasksOfAnExecutorWhoseEndWasWrittenWithoutThem() {
        join();
        launch(Kind.CUSTOM, false, "a");
        launch(Kind.CUSTOM, false, "b");
        bringUp();
        attend();
        says("a", TaskState.TASK_RUNNING, 1);
        launch(Kind.CUSTOM, false, "c");
        var ended = new Command.ExecutorExited(KEY, executor().container(), new Exit.Status(9));
        var events = accepted(machine.decide(ended, new Moment(now, seed++)));
        assertThat(events).hasSizeGreaterThan(3);

        for (int written = 1; written <= events.size(); written++) {
            var recovered = machine;
            for (var event : events.subList(0, written)) recovered = recovered.after(event);
            var next = recovered.decide(new Command.Tick(), new Moment(now, seed++));
            for (var event : accepted(next)) recovered = recovered.after(event);

            assertThat(recovered.tasks().values())
                    .as("after %d of %s", written, events)
                    .allMatch(task -> task.latest() == TaskState.TASK_FAILED);
        }
    }

    private static List<Event> accepted(Decision decision) {
        return decision instanceof Decision.Accepted(var events) ? events : List.of();
    }

    private void assertEndIsTold(Kind kind) {
        assertThat(effects.stream().filter(Effect.SendExecutorEnd.class::isInstance))
                .as(kind.name())
                .hasSize(1);
        acknowledgeAll();
        assertThat(machine.executors()).isEmpty();
        assertThat(machine.tasks()).isEmpty();
    }
}
