package io.meseta.simulator.nodes;

import io.meseta.agent.core.executor.AgentExecutor;
import io.meseta.agent.core.machine.Command;
import io.meseta.agent.core.machine.Decision;
import io.meseta.agent.core.machine.Effect.ExecutorWord;
import io.meseta.agent.core.task.AgentTask;
import io.meseta.agent.core.update.Cause;
import io.meseta.agent.core.update.StatusUpdate;
import io.meseta.model.Opaque;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import io.meseta.simulator.world.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/// One process of an executor: runs what it is handed, and says what becomes of it until it hears
/// that this is kept. It lives as long as it likes, or until it is told to end.
final class HostedExecutor {

    private static final int DIES_ONE_IN = 25;
    private static final int NEVER_ENDS_ONE_IN = 10;
    private static final int IGNORES_SHUTDOWN_ONE_IN = 6;
    private static final int CHATS_ONE_IN = 5;
    private static final int HANGS_UP_ONE_IN = 20;
    private static final long RUN_MILLIS_MAX = 60_000;

    private final World world;
    private final Node node;
    private final AgentExecutor run;
    private final HostedExecutors.Agent agent;

    /// What it runs, and of what it has heard no receipt.
    private final Map<TaskId, Boolean> running = new TreeMap<>();

    private final Map<UUID, Command.Word> unheard = new LinkedHashMap<>();

    /// Tasks of which nothing that it said has been acknowledged.
    private final Set<TaskId> fresh = new TreeSet<>();

    private Optional<UUID> connection = Optional.empty();
    private IntConsumer onExit = _ -> {};
    private boolean isAlive;

    HostedExecutor(World world, Node node, AgentExecutor run, HostedExecutors.Agent agent) {
        this.world = world;
        this.node = node;
        this.run = run;
        this.agent = agent;
    }

    boolean isAlive() {
        return isAlive;
    }

    /// @param isMute whether it never says a word
    void start(boolean isMute, IntConsumer exited) {
        isAlive = true;
        onExit = exited;
        if (!isMute) later(world.chance().between(1, 2_000), this::subscribe);
    }

    void exit(int status) {
        if (!isAlive) return;
        isAlive = false;
        var left = connection;
        connection = Optional.empty();
        onExit.accept(status);
        left.ifPresent(this::leave);
    }

    /// Its machine has stopped.
    void vanish() {
        isAlive = false;
        connection = Optional.empty();
    }

    /// Its agent is gone, or has closed the connection.
    void disconnected() {
        if (connection.isEmpty()) return;
        connection = Optional.empty();
        later(world.chance().between(100, 1_000), this::subscribe);
    }

    void hear(UUID on, ExecutorWord word) {
        later(
                world.chance().between(0, 20),
                () -> {
                    if (connection.filter(on::equals).isPresent()) obey(word);
                });
    }

    private void subscribe() {
        if (connection.isPresent()) return;
        if (!node.isUp()) {
            later(world.chance().between(100, 1_000), this::subscribe);
            return;
        }
        var opened = new UUID(world.chance().seed(), world.chance().seed());
        connection = Optional.of(opened);
        var words = List.copyOf(unheard.values());
        var held = new TreeSet<>(fresh);
        var decision = agent.put(new Command.Attend(run.key(), opened, held, words));
        // Nobody knows it any more: there is nothing left to live for.
        if (decision instanceof Decision.Refused && node.isUp()) exit(1);
    }

    private void leave(UUID left) {
        if (node.isUp()) agent.put(new Command.Leave(run.key(), left));
    }

    private void obey(ExecutorWord word) {
        switch (word) {
            case ExecutorWord.Subscribed() -> {
                if (world.chance().oneIn(CHATS_ONE_IN)) chat();
            }
            case ExecutorWord.Launch(var task) -> launch(task, _ -> false);
            case ExecutorWord.LaunchGroup(var tasks) -> {
                var members = new TreeSet<TaskId>();
                for (var task : tasks) members.add(task.key().task());
                for (var task : tasks) launch(task, members::contains);
            }
            case ExecutorWord.Kill(var task, _) ->
                    later(
                            world.chance().between(1, 1_000),
                            () -> end(task.task(), TaskState.TASK_KILLED));
            case ExecutorWord.Acknowledged(var task, var uuid) -> acknowledged(task, uuid);
            case ExecutorWord.Shutdown() -> shutDown();
        }
    }

    private void chat() {
        agent.put(new Command.PassOn(run.key(), Opaque.of(new byte[] {1})));
    }

    /// @param others which others end with it if it fails
    private void launch(AgentTask task, Predicate<TaskId> others) {
        var id = task.key().task();
        if (running.putIfAbsent(id, true) != null) return;
        agent.starts(task.key());
        fresh.add(id);
        say(id, TaskState.TASK_RUNNING);
        if (world.mishap(DIES_ONE_IN)) later(world.chance().between(1, 5_000), () -> exit(1));
        if (world.mishap(HANGS_UP_ONE_IN))
            later(
                    world.chance().between(1, 5_000),
                    () -> {
                        connection.ifPresent(this::leave);
                        disconnected();
                    });
        if (world.chance().oneIn(NEVER_ENDS_ONE_IN)) return;
        boolean fails = world.chance().oneIn(4);
        later(
                world.chance().between(1, RUN_MILLIS_MAX),
                () -> {
                    if (!end(id, fails ? TaskState.TASK_FAILED : TaskState.TASK_FINISHED)) return;
                    if (!fails) return;
                    for (var other : List.copyOf(running.keySet()))
                        if (others.test(other)) end(other, TaskState.TASK_KILLED);
                });
    }

    private boolean end(TaskId task, TaskState state) {
        if (running.remove(task) == null) return false;
        say(task, state);
        return true;
    }

    private void say(TaskId task, TaskState state) {
        var uuid = new UUID(world.chance().seed(), world.chance().seed());
        // What has a wire form is an executor's.
        var wire = Opaque.of(new byte[] {1});
        var update = new StatusUpdate(uuid, node.wall(), state, Cause.plain(), wire);
        var word = new Command.Word(task, update);
        unheard.put(uuid, word);
        if (connection.isPresent() && node.isUp()) agent.put(new Command.TakeWord(run.key(), word));
    }

    private void acknowledged(TaskKey task, UUID uuid) {
        unheard.remove(uuid);
        fresh.remove(task.task());
    }

    private void shutDown() {
        if (world.chance().oneIn(IGNORES_SHUTDOWN_ONE_IN)) return;
        for (var task : List.copyOf(running.keySet())) end(task, TaskState.TASK_KILLED);
        later(world.chance().between(1, 2_000), () -> exit(0));
    }

    private void later(long millis, Runnable action) {
        node.outlasting(
                millis,
                () -> {
                    if (isAlive) action.run();
                });
    }
}
