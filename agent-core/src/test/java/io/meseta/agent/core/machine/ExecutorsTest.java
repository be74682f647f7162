package io.meseta.agent.core.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.agent.core.Moment;
import io.meseta.agent.core.executor.AgentExecutor;
import io.meseta.agent.core.executor.ExecutorSpec;
import io.meseta.agent.core.executor.ExecutorSpec.Kind;
import io.meseta.agent.core.machine.Effect.ExecutorWord;
import io.meseta.agent.core.order.Order;
import io.meseta.agent.core.step.Desired;
import io.meseta.agent.core.step.Subject;
import io.meseta.agent.core.task.Exit;
import io.meseta.agent.core.task.Stage;
import io.meseta.agent.core.task.TaskSpec;
import io.meseta.agent.core.update.Cause;
import io.meseta.agent.core.update.Cause.Reason;
import io.meseta.agent.core.update.StatusUpdate;
import io.meseta.model.ExecutorId;
import io.meseta.model.ExecutorKey;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.TaskId;
import io.meseta.model.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Executors and groups on one machine.
class ExecutorsTest {

    private static final ExecutorKey KEY =
            new ExecutorKey(new FrameworkId("f"), new ExecutorId("e"));
    private static final UUID CONNECTION = new UUID(7, 7);

    private Machine machine = Machine.empty();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long seed = 1;
    private long orders;
    private final List<ExecutorWord> said = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();

    private Decision put(Command command) {
        var decision = machine.decide(command, new Moment(now, seed++));
        if (decision instanceof Decision.Accepted(var events)) {
            for (var effect : Effects.of(machine, events)) {
                effects.add(effect);
                if (effect instanceof Effect.TellExecutor(_, _, var word)) said.add(word);
            }
            for (var event : events) machine = machine.after(event);
        }
        return decision;
    }

    private void join() {
        put(new Command.Welcome(Bench.AGENT, Bench.MASTER, 1));
    }

    private void order(Order order) {
        put(new Command.TakeOrder(1, ++orders, order));
    }

    private void launch(Kind kind, boolean isGroup, String... tasks) {
        order(launchIn(kind, isGroup, tasks));
    }

    private static Order.LaunchIn launchIn(Kind kind, boolean isGroup, String... tasks) {
        var executor =
                new ExecutorSpec(
                        KEY,
                        kind,
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(1),
                        Opaque.EMPTY,
                        Opaque.EMPTY);
        var specs = new ArrayList<TaskSpec>();
        for (var task : tasks) specs.add(Bench.spec(task));
        return new Order.LaunchIn(executor, specs, isGroup);
    }

    private AgentExecutor executor() {
        return machine.executor(KEY).orElseThrow();
    }

    private void bringUp() {
        put(new Command.ExecutorPrepared(KEY, executor().container()));
        put(new Command.ExecutorStarted(KEY, executor().container()));
    }

    private void attend(TaskId... held) {
        put(new Command.Attend(KEY, CONNECTION, new TreeSet<>(List.of(held)), List.of()));
    }

    private void says(String task, TaskState state, int uuid) {
        var update =
                new StatusUpdate(
                        new UUID(0, uuid), now, state, Cause.plain(), Opaque.of(new byte[] {1}));
        put(new Command.TakeWord(KEY, new Command.Word(new TaskId(task), update)));
    }

    private Stage stage(String task) {
        return machine.task(Bench.key(task)).orElseThrow().stage();
    }

    private TaskState latest(String task) {
        return machine.task(Bench.key(task)).orElseThrow().latest();
    }

    private void exits(int status) {
        put(new Command.ExecutorExited(KEY, executor().container(), new Exit.Status(status)));
    }

    private void acknowledgeAll() {
        while (true) {
            var waiting =
                    machine.tasks().values().stream()
                            .filter(task -> !task.updates().isEmpty())
                            .findFirst();
            if (waiting.isEmpty()) return;
            var update = waiting.get().updates().outstanding().orElseThrow();
            put(new Command.Acknowledge(waiting.get().key(), update.uuid()));
        }
    }

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

    private void assertEndIsTold(Kind kind) {
        assertThat(effects.stream().filter(Effect.SendExecutorEnd.class::isInstance))
                .as(kind.name())
                .hasSize(1);
        acknowledgeAll();
        assertThat(machine.executors()).isEmpty();
        assertThat(machine.tasks()).isEmpty();
    }
}
