package io.meseta.simulator.nodes;

import static io.meseta.simulator.world.BrokenPromise.unless;

import io.meseta.agent.core.executor.AgentExecutor;
import io.meseta.agent.core.machine.Command;
import io.meseta.agent.core.machine.Decision;
import io.meseta.agent.core.machine.Effect;
import io.meseta.agent.core.machine.Effect.ExecutorWord;
import io.meseta.agent.core.machine.Machine;
import io.meseta.agent.core.step.Observed;
import io.meseta.agent.core.step.Step;
import io.meseta.agent.core.step.Subject;
import io.meseta.agent.core.task.Exit;
import io.meseta.agent.core.task.Stage;
import io.meseta.agent.core.update.Cause;
import io.meseta.model.ExecutorKey;
import io.meseta.model.TaskKey;
import io.meseta.simulator.world.Node;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/// The processes of executors that frameworks have brought along, on one agent's machine. They
/// outlive the agent, not the machine.
final class HostedExecutors {

    private static final int FAILS_TO_PREPARE_ONE_IN = 30;
    private static final int FORGETS_TO_SUBSCRIBE_ONE_IN = 40;
    private static final int KILLED = 128 + 9;

    private final World world;
    private final Node node;
    private final Supplier<Machine> machine;
    private final Agent agent;
    private final Map<ExecutorKey, Child> children = new TreeMap<>();

    /// What the executors' processes need of their agent.
    interface Agent {
        Decision put(Command command);

        /// A task is run for the first time, as far as its executor knows.
        void starts(TaskKey task);

        /// Whether what a run said by this update is on the agent's disk, or of no interest any
        /// more.
        boolean hasKept(UUID container, TaskKey task, UUID update);
    }

    private static final class Child {
        final UUID container;
        final HostedExecutor process;
        Observed seen = Observed.PREPARING;
        Exit exit = new Exit.NeverStarted();

        Child(UUID container, HostedExecutor process) {
            this.container = container;
            this.process = process;
        }
    }

    HostedExecutors(World world, Node node, Supplier<Machine> machine, Agent agent) {
        this.world = world;
        this.node = node;
        this.machine = machine;
        this.agent = agent;
    }

    void observe(SortedMap<Subject, Observed> observed) {
        children.forEach((key, child) -> observed.put(Subject.of(key), child.seen));
    }

    /// Whether none of them runs.
    boolean areGone() {
        return children.values().stream().noneMatch(child -> child.process.isAlive());
    }

    void take(ExecutorKey key, Step step) {
        switch (step) {
            case Step.Prepare _ -> prepare(key);
            case Step.StopPreparing _ -> {
                children.remove(key);
                node.later(1, () -> agent.put(new Command.Tick()));
            }
            case Step.Start _ -> start(key);
            // An executor is told to end in words; signals come after that.
            case Step.Terminate _ -> {}
            case Step.Destroy _ -> destroy(key);
            case Step.ReportAbsent _ -> reportAbsent(key);
        }
    }

    void tell(Effect.TellExecutor told) {
        if (told.word() instanceof ExecutorWord.Acknowledged(var task, var uuid))
            unless(
                    agent.hasKept(told.executor().container(), task, uuid),
                    "an executor is to hear a receipt for "
                            + task
                            + " of what is not written down");
        var child = children.get(told.executor().key());
        if (child != null && child.container.equals(told.executor().container()))
            child.process.hear(told.connection(), told.word());
    }

    /// Nothing of an executor is held any more; another of its name may be.
    void drop(AgentExecutor executor) {
        var child = children.get(executor.key());
        if (child != null && child.container.equals(executor.container()))
            children.remove(executor.key());
    }

    /// The agent is gone, and with it every connection.
    void disconnect() {
        for (var child : children.values()) child.process.disconnected();
    }

    /// The machine has stopped.
    void lose() {
        for (var child : children.values()) child.process.vanish();
        children.clear();
    }

    /// The agent looks at what its former life has left.
    void recover() {
        children.values().removeIf(child -> child.seen == Observed.PREPARING);
        for (var entry : List.copyOf(children.entrySet())) {
            if (!node.isUp()) return;
            var key = entry.getKey();
            var child = entry.getValue();
            if (child.seen == Observed.STARTING) child.seen = Observed.ALIVE;
            switch (child.seen) {
                case READY -> agent.put(new Command.ExecutorPrepared(key, child.container));
                case ALIVE -> agent.put(new Command.ExecutorStarted(key, child.container));
                case GONE ->
                        agent.put(new Command.ExecutorExited(key, child.container, child.exit));
                case NOTHING, PREPARING, STARTING, ENDING -> {}
            }
        }
        // What a crash left of executors that are not held.
        children.entrySet()
                .removeIf(entry ->
                        !machine.get().executors().containsKey(entry.getKey())
                                && !entry.getValue().process.isAlive());
        if (node.isUp())
            agent.put(
                    new Command.AwaitExecutors(
                            Duration.ofMillis(world.chance().between(500, 15_000))));
    }

    /// The machine has stopped and started again, and nobody has seen how they ended.
    void tellLost() {
        for (var executor : machine.get().executors().values()) {
            if (!node.isUp()) return;
            if (!executor.isBuiltIn() && executor.stage() != Stage.ENDED)
                agent.put(
                        new Command.ExecutorExited(
                                executor.key(),
                                executor.container(),
                                new Exit.Unknown("the machine restarted")));
        }
    }

    private void prepare(ExecutorKey key) {
        var held = machine.get().executor(key);
        if (held.isEmpty()) return;
        var container = held.get().container();
        var child = new Child(container, new HostedExecutor(world, node, held.get(), agent));
        children.put(key, child);
        node.later(
                world.chance().between(1, 3_000),
                () -> {
                    if (children.get(key) != child || child.seen != Observed.PREPARING) return;
                    child.seen = Observed.READY;
                    if (world.mishap(FAILS_TO_PREPARE_ONE_IN))
                        agent.put(
                                new Command.ExecutorFailed(
                                        key, container, Cause.said("Failed to fetch")));
                    else agent.put(new Command.ExecutorPrepared(key, container));
                });
    }

    private void start(ExecutorKey key) {
        var held = machine.get().executor(key);
        if (held.isEmpty()) return;
        var known = children.get(key);
        var child =
                known == null
                        ? new Child(
                                held.get().container(),
                                new HostedExecutor(world, node, held.get(), agent))
                        : known;
        children.put(key, child);
        note(key + " is started");
        child.seen = Observed.STARTING;
        boolean isMute = world.mishap(FORGETS_TO_SUBSCRIBE_ONE_IN);
        child.process.start(isMute, status -> exited(key, child, status));
        node.later(
                world.chance().between(1, 200),
                () -> {
                    if (child.seen != Observed.STARTING) return;
                    child.seen = Observed.ALIVE;
                    agent.put(new Command.ExecutorStarted(key, child.container));
                });
    }

    private void destroy(ExecutorKey key) {
        var child = children.get(key);
        if (child == null) return;
        child.seen = Observed.ENDING;
        node.outlasting(world.chance().between(1, 200), () -> child.process.exit(KILLED));
    }

    private void reportAbsent(ExecutorKey key) {
        var held = machine.get().executor(key);
        if (held.isEmpty()) return;
        Exit exit =
                children.containsKey(key)
                        ? new Exit.NeverStarted()
                        : new Exit.Unknown("there is no process");
        var container = held.get().container();
        node.later(1, () -> agent.put(new Command.ExecutorExited(key, container, exit)));
    }

    private void exited(ExecutorKey key, Child child, int status) {
        note(key + " exits with " + status);
        child.exit = new Exit.Status(status);
        child.seen = Observed.GONE;
        node.later(
                world.chance().between(1, 50),
                () -> agent.put(new Command.ExecutorExited(key, child.container, child.exit)));
    }

    private void note(String what) {
        world.trace().note(node.name(), what);
    }
}
