package io.meseta.simulator.nodes;

import io.meseta.agent.core.machine.Command;
import io.meseta.agent.core.step.Observed;
import io.meseta.agent.core.step.Step;
import io.meseta.agent.core.step.Subject;
import io.meseta.agent.core.task.Exit;
import io.meseta.agent.core.update.Cause;
import io.meseta.model.TaskKey;
import io.meseta.simulator.habits.Lifespan;
import io.meseta.simulator.world.Node;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// What runs on one agent's machine. It outlives the agent, not the machine.
final class Processes {

    private static final int FAILS_TO_PREPARE_ONE_IN = 30;
    private static final int IGNORES_TERM_ONE_IN = 6;
    private static final int TERMINATED = 128 + 15;
    private static final int KILLED = 128 + 9;

    private final World world;
    private final Node node;
    private final Lifespan lifespan;
    private final Consumer<Command> core;
    private final Consumer<TaskKey> started;
    private final Map<TaskKey, Child> processes = new TreeMap<>();

    private static final class Child {
        Observed seen = Observed.PREPARING;
        boolean isAlive;
        Exit exit = new Exit.NeverStarted();
    }

    /// @param core is told what happens to the processes
    /// @param started is told of each start
    Processes(
            World world,
            Node node,
            Lifespan lifespan,
            Consumer<Command> core,
            Consumer<TaskKey> started) {
        this.world = world;
        this.node = node;
        this.lifespan = lifespan;
        this.core = core;
        this.started = started;
    }

    SortedMap<Subject, Observed> observed() {
        var observed = new TreeMap<Subject, Observed>();
        processes.forEach((key, process) -> observed.put(Subject.of(key), process.seen));
        return observed;
    }

    /// The tasks of which something is alive.
    List<TaskKey> alive() {
        return processes.entrySet().stream()
                .filter(entry -> entry.getValue().isAlive)
                .map(Map.Entry::getKey)
                .toList();
    }

    void take(TaskKey key, Step step) {
        switch (step) {
            case Step.Prepare _ -> prepare(key);
            case Step.StopPreparing _ -> {
                processes.remove(key);
                node.later(1, () -> core.accept(new Command.Tick()));
            }
            case Step.Start _ -> start(key);
            case Step.Terminate _ -> terminate(key);
            case Step.Destroy _ -> destroy(key);
            case Step.ReportAbsent _ -> {
                var process = processes.get(key);
                var exit =
                        process == null
                                ? new Exit.Unknown("there is no process")
                                : new Exit.NeverStarted();
                node.later(1, () -> core.accept(new Command.NoteExit(key, exit)));
            }
        }
    }

    /// A task is not held any more; another of the same id may be.
    void drop(TaskKey key) {
        var process = processes.get(key);
        if (process != null && !process.isAlive) processes.remove(key);
    }

    /// Drops what is left of tasks that the agent does not hold any more.
    void sweep(Set<TaskKey> held) {
        processes
                .entrySet()
                .removeIf(entry -> !held.contains(entry.getKey()) && !entry.getValue().isAlive);
    }

    /// The agent looks at what its former life has left.
    void recover() {
        processes.values().removeIf(process -> process.seen == Observed.PREPARING);
        for (var entry : List.copyOf(processes.entrySet())) {
            if (!node.isUp()) return;
            var key = entry.getKey();
            var process = entry.getValue();
            if (process.seen == Observed.STARTING) process.seen = Observed.ALIVE;
            switch (process.seen) {
                case READY -> core.accept(new Command.NotePrepared(key));
                case ALIVE -> core.accept(new Command.NoteStarted(key));
                case GONE -> core.accept(new Command.NoteExit(key, process.exit));
                case NOTHING, PREPARING, STARTING, ENDING -> {}
            }
        }
    }

    /// The machine has stopped, and nobody has seen how the processes ended.
    void lose() {
        for (var process : processes.values()) process.isAlive = false;
        processes.clear();
    }

    private void prepare(TaskKey key) {
        var process = new Child();
        processes.put(key, process);
        node.later(
                world.chance().between(1, 3_000),
                () -> {
                    if (processes.get(key) != process || process.seen != Observed.PREPARING) return;
                    process.seen = Observed.READY;
                    if (world.mishap(FAILS_TO_PREPARE_ONE_IN))
                        core.accept(new Command.NoteFailure(key, Cause.said("Failed to fetch")));
                    else core.accept(new Command.NotePrepared(key));
                });
    }

    private void start(TaskKey key) {
        started.accept(key);
        world.trace().note(node.name(), "starts " + key.task());
        var process = new Child();
        processes.put(key, process);
        process.isAlive = true;
        process.seen = Observed.STARTING;
        node.later(
                world.chance().between(1, 200),
                () -> {
                    if (process.seen != Observed.STARTING) return;
                    process.seen = Observed.ALIVE;
                    core.accept(new Command.NoteStarted(key));
                });
        lifespan.millis(world.chance())
                .ifPresent(millis ->
                        node.outlasting(
                                millis, () -> exit(key, process, world.chance().oneIn(4) ? 1 : 0)));
    }

    private void terminate(TaskKey key) {
        var process = processes.get(key);
        if (process == null) return;
        process.seen = Observed.ENDING;
        if (!world.chance().oneIn(IGNORES_TERM_ONE_IN))
            node.outlasting(world.chance().between(1, 2_000), () -> exit(key, process, TERMINATED));
    }

    private void destroy(TaskKey key) {
        var process = processes.get(key);
        if (process == null) return;
        process.seen = Observed.ENDING;
        node.outlasting(world.chance().between(1, 200), () -> exit(key, process, KILLED));
    }

    private void exit(TaskKey key, Child process, int status) {
        if (!process.isAlive) return;
        process.isAlive = false;
        process.exit = new Exit.Status(status);
        process.seen = Observed.GONE;
        world.trace().note(node.name(), key.task() + " exits with " + status);
        node.later(
                world.chance().between(1, 50),
                () -> core.accept(new Command.NoteExit(key, process.exit)));
    }
}
