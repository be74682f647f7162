package io.meseta.master.core.upkeep;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.agent.Reach;
import io.meseta.master.core.operation.OperationEvent.OperationEnded;
import io.meseta.master.core.operation.OrderedOperation;
import io.meseta.master.core.task.Status;
import io.meseta.master.core.task.Task;
import io.meseta.master.core.task.TaskEvent.StatusDeclared;
import io.meseta.model.AgentId;
import io.meseta.model.OperationState;
import io.meseta.model.TaskState;
import io.meseta.model.status.StatusReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Agents that leave: marked gone, taken down with their machines, or forgotten.
public final class Departing {

    private Departing() {}

    /// An operator's word: whatever was there is over.
    static List<Consequence> gone(Premises premises, AgentId id, Instant at) {
        var ending =
                new Ending(
                        TaskState.TASK_GONE_BY_OPERATOR,
                        StatusReason.REASON_AGENT_REMOVED_BY_OPERATOR,
                        "Agent marked as gone by operator");
        return leaving(premises, id, new UpkeepEvent.AgentGone(id, at), ending, at);
    }

    static List<Consequence> removed(
            Premises premises, Agent agent, UpkeepEvent.Cause cause, Instant at) {
        var words =
                switch (cause) {
                    case MACHINE_DOWN -> "its machine is under maintenance";
                    case UNHEARD_OF -> "it has been unreachable for too long";
                };
        var ending =
                new Ending(
                        TaskState.TASK_GONE,
                        StatusReason.REASON_AGENT_REMOVED,
                        "Agent " + agent.profile().hostname() + " removed: " + words);
        return leaving(
                premises,
                agent.id(),
                new UpkeepEvent.AgentRemoved(agent.id(), cause, at),
                ending,
                at);
    }

    /// What a task's last status says.
    private record Ending(TaskState state, StatusReason reason, String message) {}

    private static List<Consequence> leaving(
            Premises premises, AgentId id, UpkeepEvent event, Ending ending, Instant at) {
        var events = new ArrayList<Consequence>(Withdrawing.from(premises, List.of(id)));
        premises.tasks()
                .on(id)
                .map(task -> ended(task, ending, at))
                .forEach(each -> events.add(new Consequence.ForTask(each)));
        // Before the operations end: nobody is to be asked to come back and say what there is.
        events.add(new Consequence.ForUpkeep(event));
        premises.operations()
                .on(id)
                .filter(OrderedOperation::isPending)
                .map(each ->
                        new OperationEnded(
                                each.key(),
                                OperationState.OPERATION_GONE_BY_OPERATOR,
                                ending.message(),
                                at))
                .forEach(each -> events.add(new Consequence.ForOperation(each)));
        return events;
    }

    /// A task whose end was waiting for a receipt keeps that end.
    private static StatusDeclared ended(Task task, Ending ending, Instant at) {
        var state = task.state().isTerminal() ? task.state() : ending.state();
        return new StatusDeclared(
                task.key(), Status.byMaster(state, ending.reason(), ending.message(), at));
    }

    /// Ends what has been kept for long enough: agents that nobody has heard of, and those that are
    /// gone.
    public static List<Consequence> elapsed(Premises premises, Instant at) {
        var events = new ArrayList<Consequence>();
        var lost = lost(premises).toList();
        for (int i = 0; i < lost.size(); i++) {
            boolean isTooMany = lost.size() - i > Departed.COUNT_MAX;
            if (!isTooMany && since(lost.get(i)).plus(Departed.AGE_MAX).isAfter(at)) break;
            events.addAll(removed(premises, lost.get(i), UpkeepEvent.Cause.UNHEARD_OF, at));
        }
        if (premises.upkeep().gone().nextEnd().filter(end -> !end.isAfter(at)).isPresent())
            events.add(new Consequence.ForUpkeep(new UpkeepEvent.GoneElapsed(at)));
        return events;
    }

    /// When [#elapsed] would next end something by mere age.
    public static Stream<Instant> nextElapse(Premises premises) {
        return Stream.concat(
                premises.upkeep().gone().nextEnd().stream(),
                premises.agents().values().stream()
                        .filter(Agent::isUnreachable)
                        .map(agent -> since(agent).plus(Departed.AGE_MAX)));
    }

    /// When agents that are silent are given up: not before the pace allows it.
    public static Stream<Instant> nextLoss(Premises premises) {
        var pace = premises.upkeep().nextLoss();
        return premises.agents().values().stream()
                .flatMap(agent -> agent.deadline().stream())
                .map(deadline -> deadline.isBefore(pace) ? pace : deadline);
    }

    /// Why an agent may not join.
    public static Optional<UpkeepRefusal> barred(Upkeep upkeep, AgentId id, MachineId machine) {
        if (upkeep.gone().has(id)) return Optional.of(new UpkeepRefusal.Gone(id));
        return upkeep.maintenance().isDown(machine)
                ? Optional.of(new UpkeepRefusal.MachineDown(machine))
                : Optional.empty();
    }

    /// The longest lost first.
    private static Stream<Agent> lost(Premises premises) {
        return premises.agents().values().stream()
                .filter(Agent::isUnreachable)
                .sorted(Comparator.comparing(Departing::since).thenComparing(Agent::id));
    }

    private static Instant since(Agent agent) {
        return agent.reach() instanceof Reach.Unreachable(var since) ? since : Instant.MAX;
    }
}
