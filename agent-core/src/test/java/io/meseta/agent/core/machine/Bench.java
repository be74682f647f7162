package io.meseta.agent.core.machine;

import io.meseta.agent.core.Moment;
import io.meseta.agent.core.order.Order;
import io.meseta.agent.core.task.AgentTask;
import io.meseta.agent.core.task.TaskSpec;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.MasterId;
import io.meseta.model.Opaque;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A machine on the bench: commands in, effects out, time by hand.
final class Bench {

    static final AgentId AGENT = new AgentId("m-S0");
    static final MasterId MASTER = new MasterId("m");

    Machine machine = Machine.empty();
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    long seed = 1;
    final List<Effect.SendReport> reports = new ArrayList<>();

    static Bench joined() {
        var bench = new Bench();
        bench.put(new Command.Welcome(AGENT, MASTER, 1));
        return bench;
    }

    static TaskKey key(String task) {
        return new TaskKey(new FrameworkId("f"), new TaskId(task));
    }

    static TaskSpec spec(String task) {
        return new TaskSpec(
                key(task),
                TaskSpec.KILL_GRACE,
                TaskSpec.UNLIMITED,
                true,
                Opaque.EMPTY,
                Opaque.EMPTY);
    }

    Decision put(Command command) {
        var decision = machine.decide(command, new Moment(now, seed++));
        if (decision instanceof Decision.Accepted(var events)) {
            for (var effect : Effects.of(machine, events)) {
                if (effect instanceof Effect.SendReport report) reports.add(report);
            }
            for (var event : events) machine = machine.after(event);
        }
        return decision;
    }

    Decision order(long number, Order order) {
        return put(new Command.TakeOrder(1, number, order));
    }

    void pass(Duration time) {
        now = now.plus(time);
        put(new Command.Tick());
    }

    /// Loses what is not on disk, as `kill -9` does.
    void crash() {
        var tasks = machine.tasks();
        for (var task : machine.tasks().values()) {
            var kept =
                    new AgentTask(
                            task.spec(),
                            task.order(),
                            task.container(),
                            task.phase(),
                            task.latest(),
                            task.updates().afresh(),
                            task.interest());
            tasks = tasks.plus(task.key(), kept);
        }
        machine =
                new Machine(
                        machine.standing(),
                        machine.orders(),
                        Reports.reservedTo(machine.reports().limit()),
                        machine.holdings(),
                        tasks);
    }

    AgentTask task(String task) {
        return machine.task(key(task)).orElseThrow();
    }

    void acknowledgeAll() {
        while (true) {
            var outstanding =
                    machine.tasks().values().stream()
                            .filter(task -> !task.updates().isEmpty())
                            .findFirst();
            if (outstanding.isEmpty()) return;
            var update = outstanding.get().updates().outstanding().orElseThrow();
            put(new Command.Acknowledge(outstanding.get().key(), update.uuid()));
        }
    }
}
