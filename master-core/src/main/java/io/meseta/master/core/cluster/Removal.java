package io.meseta.master.core.cluster;

import io.meseta.master.core.agent.AgentEvent.Instruction.ShutdownFramework;
import io.meseta.master.core.agent.AgentEvent.OrderGiven;
import io.meseta.master.core.cluster.Event.OfAgent;
import io.meseta.master.core.cluster.Event.OfFramework;
import io.meseta.master.core.cluster.Event.OfTask;
import io.meseta.master.core.executor.Executor;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.framework.FrameworkEvent.FrameworkRemoved;
import io.meseta.master.core.task.Status;
import io.meseta.master.core.task.Task;
import io.meseta.master.core.task.TaskEvent.StatusDeclared;
import io.meseta.model.TaskState;
import io.meseta.model.status.StatusReason;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Ends a framework and all its tasks.
final class Removal {

    private Removal() {}

    static List<Event> of(Cluster cluster, Framework framework, Moment moment) {
        var id = framework.id();
        var events = new ArrayList<Event>(Withdrawal.discard(cluster.offers().of(id)));
        var tasks = List.copyOf(cluster.tasks().of(id));
        for (var task : tasks) events.add(killed(task, framework, moment));
        Stream.concat(
                        tasks.stream().map(Task::agent),
                        cluster.tasks().executors().of(id).map(Executor::agent))
                .distinct()
                .flatMap(agent -> cluster.agent(agent).stream())
                .map(agent ->
                        new OrderGiven(
                                agent.id(),
                                agent.lastOrder() + 1,
                                new ShutdownFramework(id),
                                moment.at()))
                .forEach(order -> events.add(new OfAgent(order)));
        events.addAll(Employment.disowned(cluster, id, moment));
        events.add(new OfFramework(new FrameworkRemoved(id, moment.at())));
        return events;
    }

    /// A task whose end was waiting for a receipt keeps that end.
    private static Event killed(Task task, Framework framework, Moment moment) {
        var state = task.state().isTerminal() ? task.state() : TaskState.TASK_KILLED;
        return new OfTask(
                new StatusDeclared(
                        task.key(),
                        Status.byMaster(
                                state,
                                StatusReason.REASON_FRAMEWORK_REMOVED,
                                "Framework " + framework.id() + " removed",
                                moment.at())));
    }
}
