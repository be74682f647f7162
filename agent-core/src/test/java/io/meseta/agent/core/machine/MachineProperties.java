package io.meseta.agent.core.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.agent.core.order.Order;
import io.meseta.agent.core.task.Exit;
import io.meseta.agent.core.task.Stage;
import io.meseta.agent.core.update.StatusUpdate;
import io.meseta.model.TaskKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Under any order of acknowledgements, losses, repeats, crashes and time.
class MachineProperties {

    private static final int RUNS = 300;
    private static final int MOVES = 400;
    private static final int TASKS = 5;

    @Test
    void losesAndReordersNoUpdate() {
        for (long run = 0; run < RUNS; run++) new Play(run).perform();
    }

    private static final class Play {
        private final long seed;
        private final Random random;
        private final Bench bench = Bench.joined();
        private final List<Order> orders = new ArrayList<>();

        /// What a framework heard of each task, each update once.
        private final Map<TaskKey, Map<UUID, StatusUpdate>> heard = new HashMap<>();

        /// What each task has gone through, from the events.
        private final Map<TaskKey, List<UUID>> happened = new HashMap<>();

        private int reportsRead;
        private long highestNumber;

        Play(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
        }

        void perform() {
            for (int i = 0; i < MOVES; i++) {
                move();
                read();
                keepsItsPromises();
            }
            finish();
            assertThat(bench.machine.tasks()).as("seed %d", seed).isEmpty();
            for (var key : happened.keySet()) {
                assertThat(List.copyOf(heard.getOrDefault(key, Map.of()).keySet()))
                        .as("updates of %s, seed %d", key, seed)
                        .isEqualTo(happened.get(key));
            }
        }

        private void move() {
            var key = Bench.key("t" + random.nextInt(TASKS));
            switch (random.nextInt(12)) {
                case 0 -> issue(new Order.Launch(Bench.spec(key.task().value())));
                case 1 -> issue(new Order.Kill(key));
                case 2 -> repeatAnOldOrder();
                case 3, 4 -> put(new Command.NotePrepared(key));
                case 5, 6 -> put(new Command.NoteStarted(key));
                case 7 -> put(new Command.NoteExit(key, new Exit.Status(random.nextInt(256))));
                case 8 -> bench.crash();
                case 9 -> put(new Command.Welcome(Bench.AGENT, Bench.MASTER, 1));
                case 10 -> {
                    bench.now = bench.now.plus(Duration.ofSeconds(random.nextInt(40)));
                    put(new Command.Tick());
                }
                case 11 -> acknowledgeSomething(key);
                default -> throw new AssertionError();
            }
        }

        private void issue(Order order) {
            // The master launches no id that the agent may still hold.
            if (order instanceof Order.Launch(var spec)
                    && (bench.machine.task(spec.key()).isPresent()
                            || happened.containsKey(spec.key()))) {
                return;
            }
            orders.add(order);
            put(new Command.TakeOrder(1, orders.size(), order));
        }

        private void repeatAnOldOrder() {
            if (orders.isEmpty()) return;
            int number = 1 + random.nextInt(orders.size());
            put(new Command.TakeOrder(1, number, orders.get(number - 1)));
        }

        private void acknowledgeSomething(TaskKey key) {
            var known = heard.getOrDefault(key, Map.of()).keySet().stream().toList();
            if (known.isEmpty()) return;
            put(new Command.Acknowledge(key, known.get(random.nextInt(known.size()))));
        }

        private void put(Command command) {
            var before = bench.machine;
            var decision = bench.put(command);
            if (!(decision instanceof Decision.Accepted(var events))) return;
            var machine = before;
            for (var event : events) {
                var next = machine.after(event);
                if (event instanceof Event.OfTask(var key, _)) note(key, machine, next);
                machine = next;
            }
        }

        private void note(TaskKey key, Machine before, Machine after) {
            int had = before.task(key).map(task -> task.updates().waiting().size()).orElse(0);
            var task = after.task(key);
            var list = happened.computeIfAbsent(key, _ -> new ArrayList<>());
            if (task.isEmpty()) return;
            var waiting = task.get().updates().waiting();
            if (waiting.size() > had) list.add(waiting.get(waiting.size() - 1).uuid());
            before.task(key)
                    .ifPresent(held ->
                            assertThat(
                                            held.stage() == task.get().stage()
                                                    || held.stage().mayBecome(task.get().stage()))
                                    .as("seed %d", seed)
                                    .isTrue());
        }

        /// Half of the reports reach the framework; each that does is taken in as it comes.
        private void read() {
            for (; reportsRead < bench.reports.size(); reportsRead++) {
                var report = bench.reports.get(reportsRead);
                assertThat(report.number()).as("seed %d", seed).isGreaterThan(highestNumber);
                highestNumber = report.number();
                if (random.nextBoolean()) hear(report);
            }
        }

        private void hear(Effect.SendReport report) {
            heard.computeIfAbsent(report.task().key(), _ -> new LinkedHashMap<>())
                    .putIfAbsent(report.update().uuid(), report.update());
        }

        private void keepsItsPromises() {
            for (var task : bench.machine.tasks().values()) {
                assertThat(task.updates().waiting().size()).isLessThanOrEqualTo(4);
                if (task.stage() == Stage.ENDED) {
                    assertThat(task.updates().isEmpty()).as("seed %d", seed).isFalse();
                }
            }
        }

        /// Everything ends and every report arrives: then all must have been heard.
        private void finish() {
            for (int i = 0; i < 100 && !bench.machine.tasks().isEmpty(); i++) {
                for (var key : List.copyOf(bench.machine.tasks().keySet())) {
                    put(new Command.NotePrepared(key));
                    put(new Command.NoteExit(key, new Exit.Status(0)));
                }
                bench.now = bench.now.plus(Duration.ofMinutes(10));
                put(new Command.Tick());
                for (; reportsRead < bench.reports.size(); reportsRead++) {
                    hear(bench.reports.get(reportsRead));
                }
                for (var task : List.copyOf(bench.machine.tasks().values())) {
                    task.updates()
                            .outstanding()
                            .ifPresent(update ->
                                    put(new Command.Acknowledge(task.key(), update.uuid())));
                }
            }
        }
    }
}
