package io.meseta.simulator.ledger;

import static io.meseta.simulator.world.BrokenPromise.unless;

import io.meseta.agent.core.machine.Machine;
import io.meseta.agent.core.task.AgentTask;
import io.meseta.agent.core.task.Home;
import io.meseta.agent.core.task.Stage;
import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.cluster.effect.Effect.Word;
import io.meseta.master.core.task.TaskEvent;
import io.meseta.model.AgentId;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Tasks that are launched together: all at once or none, and none goes on when another has failed.
public final class Groups {

    private record Launch(AgentId agent, long order) {}

    private final Map<Launch, Set<TaskKey>> launched = new HashMap<>();

    /// A batch has been written down.
    void written(List<Event> events) {
        var fresh = new HashMap<Launch, Set<TaskKey>>();
        for (var event : events) {
            if (event instanceof Event.OfTask(TaskEvent.TaskLaunched(var key, var spec, var place))
                    && spec.home().isGroup())
                fresh.computeIfAbsent(
                                new Launch(place.agent(), place.order()), _ -> new TreeSet<>())
                        .add(key);
            if (event instanceof Event.OfTask(TaskEvent.StatusDeclared(var key, var status))
                    && status.isTerminal()) for (var group : launched.values()) group.remove(key);
        }
        for (var group : fresh.entrySet())
            unless(
                    launched.put(group.getKey(), group.getValue()) == null,
                    group.getKey() + " was launched in parts");
    }

    /// An agent is told of a group. What it holds already it has from the same order, which it had
    /// not written down when it crashed.
    public void arrived(AgentId agent, Word.LaunchGroup group, Machine machine) {
        var keys = new TreeSet<TaskKey>();
        for (var task : group.tasks()) keys.add(new TaskKey(group.framework(), task.id()));
        var whole = launched.getOrDefault(new Launch(agent, group.number()), Set.of());
        for (var held : machine.tasks().values())
            if (held.isOf(group.number())) keys.add(held.key());
        unless(
                keys.containsAll(whole),
                "of the group %s, %s reaches %s".formatted(whole, keys, agent));
    }

    /// Something has happened on an agent.
    public static void check(Machine machine) {
        for (var task : machine.tasks().values())
            if (isGrouped(task) && hasFailed(task))
                for (var other : machine.tasks().values())
                    unless(
                            !isGrouped(other)
                                    || other.order() != task.order()
                                    || other.stage() == Stage.KILLING
                                    || other.stage() == Stage.ENDED,
                            other.key() + " goes on though " + task.key() + " has failed");
    }

    private static boolean isGrouped(AgentTask task) {
        return task.spec().home() instanceof Home.Grouped;
    }

    private static boolean hasFailed(AgentTask task) {
        return task.stage() == Stage.ENDED && task.latest() != TaskState.TASK_FINISHED;
    }
}
