package io.meseta.master.core.upkeep;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.executor.Executor;
import io.meseta.master.core.executor.ExecutorEvent.ShutdownWanted;
import io.meseta.master.core.task.Task;
import io.meseta.model.AgentId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Agents that are being emptied.
public final class Draining {

    private Draining() {}

    /// Those on which nothing is left are drained, and executors that are left without a task are
    /// ended. An agent that nobody can reach may still run what it ran; its tasks are kept until it
    /// is back.
    public static List<Consequence> finished(Premises premises, Instant at) {
        var events = new ArrayList<Consequence>();
        for (var id : premises.upkeep().draining()) {
            if (!isEmpty(premises, id)) {
                premises.agent(id).ifPresent(agent -> endIdle(premises, agent, at, events));
                continue;
            }
            events.add(new Consequence.ForUpkeep(new UpkeepEvent.DrainEnded(id, at)));
            if (premises.upkeep().drain(id).filter(Drain::marksGone).isPresent())
                events.addAll(Departing.gone(premises, id, at));
        }
        return events;
    }

    private static boolean isEmpty(Premises premises, AgentId id) {
        return premises.tasks().on(id).findAny().isEmpty()
                && premises.tasks().executors().on(id).findAny().isEmpty()
                && premises.operations().on(id).findAny().isEmpty();
    }

    /// An executor of a framework's own lives for as long as it likes, and nobody would end it.
    private static void endIdle(
            Premises premises, Agent agent, Instant at, List<Consequence> events) {
        long order = agent.lastOrder();
        for (var executor : premises.tasks().executors().on(agent.id()).toList()) {
            if (executor.shutdown() > 0 || isBusy(premises, executor)) continue;
            order++;
            events.add(
                    new Consequence.ForExecutor(
                            new ShutdownWanted(agent.id(), executor.key(), order, at)));
        }
    }

    /// A task that has ended needs no executor, though its framework may have to hear of it yet.
    private static boolean isBusy(Premises premises, Executor executor) {
        return premises.tasks()
                .on(executor.agent())
                .filter(Task::holdsResources)
                .anyMatch(task -> task.isOf(executor));
    }
}
