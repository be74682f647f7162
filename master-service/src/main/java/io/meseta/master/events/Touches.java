package io.meseta.master.events;

import io.meseta.master.core.agent.AgentEvent;
import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.framework.FrameworkEvent;
import io.meseta.master.core.operation.OperationEvent;
import io.meseta.master.core.task.TaskEvent;
import io.meseta.master.engine.Committed;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.TaskKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// What some batches have touched, by the events that are in them: nothing else is looked at, so
/// the cost grows with what happens and not with the cluster.
final class Touches {

    private final SortedSet<AgentId> agents = new TreeSet<>();
    private final SortedSet<FrameworkId> frameworks = new TreeSet<>();
    private final SortedSet<TaskKey> tasks = new TreeSet<>();
    private final Set<TaskKey> launched = new TreeSet<>();
    private final Map<FrameworkId, Integer> completions = new HashMap<>();

    private Touches() {}

    static Touches of(List<Committed> batches) {
        var touches = new Touches();
        for (var batch : batches) for (var event : batch.events()) touches.add(event);
        return touches;
    }

    SortedSet<AgentId> agents() {
        return agents;
    }

    SortedSet<FrameworkId> frameworks() {
        return frameworks;
    }

    SortedSet<TaskKey> tasks() {
        return tasks;
    }

    /// Whether the task is new, whatever else had its id before.
    boolean isLaunched(TaskKey task) {
        return launched.contains(task);
    }

    /// At most how many tasks of each framework were completed.
    Map<FrameworkId, Integer> completions() {
        return completions;
    }

    private void add(Event event) {
        switch (event) {
            case Event.OfFramework(var each) -> add(each);
            case Event.OfAgent(var each) -> add(each);
            case Event.OfTask(var each) -> add(each);
            case Event.OfOperation(var each) -> add(each);
            case Event.OfUpkeep(var each) -> {
                var left = each.left();
                if (left.isPresent()) agents.add(left.get());
            }
            case Event.OfCluster _, Event.OfOffer _, Event.OfRole _, Event.OfExecutor _ -> {
                // A new reign begins a new tape; offers and roles are not shown.
            }
        }
    }

    private void add(FrameworkEvent event) {
        switch (event) {
            case FrameworkEvent.FrameworkRegistered _,
                    FrameworkEvent.FrameworkResubscribed _,
                    FrameworkEvent.FrameworkUpdated _,
                    FrameworkEvent.FrameworkConnected _,
                    FrameworkEvent.FrameworkDisconnected _,
                    FrameworkEvent.FrameworkRemoved _ ->
                    frameworks.add(event.framework());
            case FrameworkEvent.WishesChanged _,
                    FrameworkEvent.RolesSuppressed _,
                    FrameworkEvent.RolesRevived _,
                    FrameworkEvent.ResourcesRequested _ -> {
                // Not shown.
            }
        }
    }

    private void add(AgentEvent event) {
        switch (event) {
            case AgentEvent.AgentAdmitted _,
                    AgentEvent.AgentReturned _,
                    AgentEvent.AgentLinked _,
                    AgentEvent.AgentUnlinked _,
                    AgentEvent.AgentLost _ ->
                    agents.add(event.agent());
            case AgentEvent.OrderGiven _ -> {
                // Not shown.
            }
        }
    }

    /// An operation is not shown, but what it makes of its agent's resources is.
    private void add(OperationEvent event) {
        if (event instanceof OperationEvent.OperationOrdered(var key, _, _, _))
            agents.add(key.agent());
    }

    private void add(TaskEvent event) {
        switch (event) {
            case TaskEvent.TaskLaunched(var key, _, _) -> {
                tasks.add(key);
                launched.add(key);
            }
            case TaskEvent.StatusReceived(var key, _, _, _) -> tasks.add(key);
            case TaskEvent.StatusDeclared(var key, var status) -> {
                tasks.add(key);
                if (status.isTerminal()) completed(key);
            }
            case TaskEvent.EndAcknowledged(var key, _, _) -> completed(key);
            case TaskEvent.StatusRepeated _,
                    TaskEvent.StatusAcknowledged _,
                    TaskEvent.StatusAnswered _,
                    TaskEvent.StrayReported _,
                    TaskEvent.KillWanted _ -> {
                // Not shown.
            }
        }
    }

    /// One more among the completed tasks may mean that the oldest is forgotten.
    private void completed(TaskKey task) {
        completions.merge(task.framework(), 1, Integer::sum);
    }
}
