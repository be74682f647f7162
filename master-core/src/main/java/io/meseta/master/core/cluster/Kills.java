package io.meseta.master.core.cluster;

import io.meseta.master.core.cluster.Event.OfTask;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.task.Preemption;
import io.meseta.master.core.task.Task;
import io.meseta.master.core.task.TaskEvent.KillWanted;
import io.meseta.master.core.task.WantedKill;
import io.meseta.model.Opaque;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Tasks that are to end.
///
/// The wish is recorded, so that an agent which is away hears of it when it comes back.
final class Kills {

    private Kills() {}

    static List<Event> decide(
            Cluster cluster, Framework framework, Command.Kill kill, Moment moment) {
        var task = cluster.tasks().find(new TaskKey(framework.id(), kill.task()));
        if (task.isEmpty())
            return List.of(
                    Reconciliation.answer(
                            cluster,
                            framework,
                            new Command.Question(kill.task(), kill.agent()),
                            moment));
        if (kill.agent().isPresent() && !kill.agent().get().equals(task.get().agent()))
            return List.of();
        var events = new ArrayList<Event>();
        // Nobody can kill it now: the framework hears so at once, and the wish waits for the agent.
        if (task.get().state() == TaskState.TASK_UNREACHABLE)
            events.add(
                    Reconciliation.answer(
                            cluster,
                            framework,
                            new Command.Question(kill.task(), kill.agent()),
                            moment));
        events.addAll(wanted(cluster, task.get(), kill.policy(), moment));
        return events;
    }

    static List<Event> byOperator(Cluster cluster, Task task, Moment moment) {
        return wanted(cluster, task, Opaque.EMPTY, moment);
    }

    /// Somebody else is to have what it uses.
    static List<Event> preempt(Cluster cluster, Task task, Preemption why) {
        if (task.state().isTerminal()) return List.of();
        long order = cluster.agent(task.agent()).orElseThrow().lastOrder() + 1;
        var kill = new WantedKill(order, Opaque.EMPTY, Optional.of(why));
        return List.of(new OfTask(new KillWanted(task.key(), kill, why.at())));
    }

    /// A task that has ended can't be killed; its last status is on its way.
    private static List<Event> wanted(Cluster cluster, Task task, Opaque policy, Moment moment) {
        if (task.state().isTerminal()) return List.of();
        long order = cluster.agent(task.agent()).orElseThrow().lastOrder() + 1;
        var kill = new WantedKill(order, policy);
        return List.of(new OfTask(new KillWanted(task.key(), kill, moment.at())));
    }
}
