package io.meseta.agent.core.machine;

import io.meseta.agent.core.Moment;
import io.meseta.agent.core.executor.AgentExecutor;
import io.meseta.agent.core.executor.ExecutorSpec;
import io.meseta.agent.core.executor.ExecutorSpec.Kind;
import io.meseta.agent.core.machine.Effect.ExecutorWord;
import io.meseta.agent.core.order.Order;
import io.meseta.agent.core.task.Exit;
import io.meseta.agent.core.task.Stage;
import io.meseta.agent.core.task.TaskSpec;
import io.meseta.agent.core.update.Cause;
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
import java.util.TreeSet;
import java.util.UUID;

/// One machine with an executor, and the words for what happens to them.
abstract class ExecutorBench {

    static final ExecutorKey KEY = new ExecutorKey(new FrameworkId("f"), new ExecutorId("e"));
    static final UUID CONNECTION = new UUID(7, 7);

    Machine machine = Machine.empty();
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    long seed = 1;
    long orders;
    final List<ExecutorWord> said = new ArrayList<>();
    final List<Effect> effects = new ArrayList<>();

    Decision put(Command command) {
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

    void join() {
        put(new Command.Welcome(Bench.AGENT, Bench.MASTER, 1));
    }

    void order(Order order) {
        put(new Command.TakeOrder(1, ++orders, order));
    }

    void launch(Kind kind, boolean isGroup, String... tasks) {
        order(launchIn(kind, isGroup, tasks));
    }

    static Order.LaunchIn launchIn(Kind kind, boolean isGroup, String... tasks) {
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

    AgentExecutor executor() {
        return machine.executor(KEY).orElseThrow();
    }

    void bringUp() {
        put(new Command.ExecutorPrepared(KEY, executor().container()));
        put(new Command.ExecutorStarted(KEY, executor().container()));
    }

    void attend(TaskId... held) {
        put(new Command.Attend(KEY, CONNECTION, new TreeSet<>(List.of(held)), List.of()));
    }

    void says(String task, TaskState state, int uuid) {
        var update =
                new StatusUpdate(
                        new UUID(0, uuid), now, state, Cause.plain(), Opaque.of(new byte[] {1}));
        put(new Command.TakeWord(KEY, new Command.Word(new TaskId(task), update)));
    }

    Stage stage(String task) {
        return machine.task(Bench.key(task)).orElseThrow().stage();
    }

    TaskState latest(String task) {
        return machine.task(Bench.key(task)).orElseThrow().latest();
    }

    void exits(int status) {
        put(new Command.ExecutorExited(KEY, executor().container(), new Exit.Status(status)));
    }

    void acknowledgeAll() {
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
}
