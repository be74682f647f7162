package io.meseta.master.core.operation;

import io.meseta.master.core.operation.OperationEvent.OperationAcknowledged;
import io.meseta.master.core.operation.OperationEvent.OperationEnded;
import io.meseta.master.core.operation.OperationEvent.OperationRepeated;
import io.meseta.master.core.operation.OperationEvent.StrayEnded;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.OperationId;
import io.meseta.model.OperationState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The ends of operations: from the agent to the master, and from there, again and again until it
/// acknowledges, to the framework that waits.
public final class Feedback {

    private Feedback() {}

    /// An agent has said how an operation ended.
    public static List<OperationEvent> ended(
            Operations operations, AgentId agent, Outcome outcome, Instant at) {
        if (!outcome.state().isTerminal()) return List.of();
        var key = new OperationKey(agent, outcome.order());
        boolean isExpected = operations.find(key).filter(OrderedOperation::isPending).isPresent();
        return List.of(
                isExpected
                        ? new OperationEnded(key, outcome.state(), outcome.message(), at)
                        : new StrayEnded(agent, outcome.order()));
    }

    /// What becomes of an agent's operations when it comes back. One that it has seen and does not
    /// know any more has been lost with whatever else the agent has lost.
    ///
    /// @param seen the newest order that the agent has persisted
    public static List<OperationEvent> settled(
            Operations operations, AgentId agent, long seen, List<Outcome> outcomes, Instant at) {
        var told = new TreeMap<Long, Outcome>();
        for (var outcome : outcomes) told.put(outcome.order(), outcome);
        var events = new ArrayList<OperationEvent>();
        for (var outcome : told.values()) events.addAll(ended(operations, agent, outcome, at));
        operations
                .on(agent)
                .filter(OrderedOperation::isPending)
                .map(OrderedOperation::key)
                .filter(key -> key.order() <= seen && !told.containsKey(key.order()))
                .map(key ->
                        new OperationEnded(
                                key,
                                OperationState.OPERATION_DROPPED,
                                "Operation is unknown to the agent",
                                at))
                .forEach(events::add);
        return events;
    }

    /// A receipt for anything but an end that waits for one is dropped: it is a repetition.
    public static List<OperationEvent> acknowledged(
            Operations operations, FrameworkId framework, OperationId id, UUID uuid) {
        return operations
                .of(framework)
                .filter(operation -> operation.awaits(id, uuid))
                .<OperationEvent>map(operation -> new OperationAcknowledged(operation.key()))
                .toList();
    }

    /// @param listens whether a framework would hear
    public static List<OperationEvent> repeated(
            Operations operations, Predicate<FrameworkId> listens, Instant at) {
        return unheard(operations, listens)
                .filter(operation -> !operation.telling().next().isAfter(at))
                .<OperationEvent>map(operation -> new OperationRepeated(operation.key(), at))
                .toList();
    }

    /// When [#repeated] would next say something.
    public static Optional<Instant> nextRepetition(
            Operations operations, Predicate<FrameworkId> listens) {
        return unheard(operations, listens)
                .map(operation -> operation.telling().next())
                .min(Instant::compareTo);
    }

    /// Ends that a framework which listens has not acknowledged. One that does not listen hears of
    /// them when it comes back.
    private static Stream<OrderedOperation> unheard(
            Operations operations, Predicate<FrameworkId> listens) {
        return operations
                .all()
                .filter(operation -> !operation.isPending() && operation.isAwaited())
                .filter(operation ->
                        operation
                                .owner()
                                .filter(owner -> listens.test(owner.framework()))
                                .isPresent());
    }
}
