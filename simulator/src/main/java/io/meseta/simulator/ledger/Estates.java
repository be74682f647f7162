package io.meseta.simulator.ledger;

import static io.meseta.simulator.world.BrokenPromise.unless;

import io.meseta.master.core.agent.AgentEvent;
import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.operation.OperationEvent;
import io.meseta.master.core.operation.OperationKey;
import io.meseta.model.AgentId;
import io.meseta.model.OperationState;
import io.meseta.model.Resources;
import io.meseta.model.conversion.Conversion;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// What each agent must have, from the operations that were ordered of it alone: a reservation or a
/// volume that was made is there until it is undone, whatever crashes.
final class Estates {

    private final Map<AgentId, Resources> expected = new TreeMap<>();
    private final Map<AgentId, Map<Long, Conversion>> pending = new TreeMap<>();

    Resources whole(AgentId agent) {
        return expected.getOrDefault(agent, Resources.EMPTY);
    }

    /// A batch has been written down.
    void written(List<Event> events) {
        var returned = new TreeMap<AgentId, Resources>();
        for (var event : events) {
            switch (event) {
                case Event.OfAgent(AgentEvent.AgentAdmitted(var agent, var profile, _, _)) ->
                        expected.put(agent, profile.resources());
                case Event.OfAgent(AgentEvent.AgentReturned(var agent, var profile, _, _)) ->
                        returned.put(agent, profile.resources());
                case Event.OfOperation(var each) -> after(each, returned);
                case Event.OfUpkeep(var each) ->
                        each.left()
                                .ifPresent(agent -> {
                                    // It may have come back in the same batch.
                                    returned.remove(agent);
                                    expected.remove(agent);
                                    pending.remove(agent);
                                });
                case Event.OfAgent _,
                        Event.OfCluster _,
                        Event.OfFramework _,
                        Event.OfTask _,
                        Event.OfExecutor _,
                        Event.OfRole _,
                        Event.OfOffer _ -> {}
            }
        }
        returned.forEach((agent, resources) ->
                unless(
                        resources.equals(expected.get(agent)),
                        "%s has come back with %s, and must have %s"
                                .formatted(agent, resources, expected.get(agent))));
    }

    /// Everything has come to rest.
    ///
    /// @param lost agents that will never come back
    void settle(Iterable<AgentId> lost) {
        var left = new TreeSet<>(pending.keySet());
        for (var agent : lost) left.remove(agent);
        for (var agent : left)
            unless(
                    pending.getOrDefault(agent, Map.of()).isEmpty(),
                    "operations on " + agent + " have no end: " + pending.get(agent));
    }

    private void after(OperationEvent event, Map<AgentId, Resources> returned) {
        switch (event) {
            case OperationEvent.OperationOrdered(var key, var spec, _, _) -> {
                var had = expected.getOrDefault(key.agent(), Resources.EMPTY);
                var has = spec.conversion().of(had);
                unless(
                        has.isPresent(),
                        "%s takes %s, and there is only %s"
                                .formatted(key, spec.conversion().consumed(), had));
                expected.put(key.agent(), has.orElseThrow());
                returned.computeIfPresent(
                        key.agent(),
                        (_, resources) -> spec.conversion().of(resources).orElse(resources));
                var before =
                        pending.computeIfAbsent(key.agent(), _ -> new TreeMap<>())
                                .put(key.order(), spec.conversion());
                unless(before == null, key + " is ordered twice");
            }
            // With its agent; nothing is expected of that any more.
            case OperationEvent.OperationEnded(_, var state, _, _)
                    when state == OperationState.OPERATION_GONE_BY_OPERATOR -> {}
            case OperationEvent.OperationEnded(var key, var state, _, _) -> ended(key, state);
            case OperationEvent.OperationAcknowledged _,
                    OperationEvent.OperationRepeated _,
                    OperationEvent.OperationAnswered _,
                    OperationEvent.StrayEnded _ -> {}
        }
    }

    /// Nothing takes resources away from the simulated machines, so nothing can be in the way of an
    /// operation either.
    private void ended(OperationKey key, OperationState state) {
        var was = pending.getOrDefault(key.agent(), Map.of()).remove(key.order());
        unless(was != null, key + " has ended twice, or was never ordered");
        unless(
                state == OperationState.OPERATION_FINISHED,
                key + " ends as " + state + ", and nothing was in its way");
    }
}
