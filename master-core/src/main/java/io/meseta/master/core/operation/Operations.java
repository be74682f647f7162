package io.meseta.master.core.operation;

import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.OperationState;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.pcollections.PSortedMap;
import org.pcollections.PSortedSet;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/// All operations that somebody still has to hear of, by agent and by framework.
public final class Operations {

    private static final Comparator<OperationKey> ORDER =
            Comparator.comparing(OperationKey::agent).thenComparingLong(OperationKey::order);

    private static final Operations NONE = new Operations(TreePMap.empty(), TreePMap.empty());

    private final PSortedMap<AgentId, PSortedMap<Long, OrderedOperation>> byAgent;
    private final PSortedMap<FrameworkId, PSortedSet<OperationKey>> byFramework;

    private Operations(
            PSortedMap<AgentId, PSortedMap<Long, OrderedOperation>> byAgent,
            PSortedMap<FrameworkId, PSortedSet<OperationKey>> byFramework) {
        this.byAgent = byAgent;
        this.byFramework = byFramework;
    }

    public static Operations none() {
        return NONE;
    }

    public Optional<OrderedOperation> find(OperationKey key) {
        var orders = byAgent.get(key.agent());
        return orders == null ? Optional.empty() : Optional.ofNullable(orders.get(key.order()));
    }

    /// Those of the agent, in the order in which they were ordered.
    public Stream<OrderedOperation> on(AgentId agent) {
        return byAgent.getOrDefault(agent, TreePMap.empty()).values().stream();
    }

    public Stream<OrderedOperation> of(FrameworkId framework) {
        return byFramework.getOrDefault(framework, TreePSet.empty(ORDER)).stream()
                .flatMap(key -> find(key).stream());
    }

    public int count(FrameworkId framework) {
        return byFramework.getOrDefault(framework, TreePSet.empty(ORDER)).size();
    }

    public Stream<OrderedOperation> all() {
        return byAgent.values().stream().flatMap(orders -> orders.values().stream());
    }

    public Operations with(OrderedOperation operation) {
        var key = operation.key();
        var orders = byAgent.getOrDefault(key.agent(), TreePMap.empty());
        var next = byAgent.plus(key.agent(), orders.plus(key.order(), operation));
        if (operation.owner().isEmpty()) return new Operations(next, byFramework);
        var framework = operation.owner().get().framework();
        var keys = byFramework.getOrDefault(framework, TreePSet.empty(ORDER));
        return new Operations(next, byFramework.plus(framework, keys.plus(key)));
    }

    public Operations without(OperationKey key) {
        var found = find(key);
        if (found.isEmpty()) return this;
        var orders = byAgent.getOrDefault(key.agent(), TreePMap.empty()).minus(key.order());
        var next =
                orders.isEmpty() ? byAgent.minus(key.agent()) : byAgent.plus(key.agent(), orders);
        return new Operations(
                next,
                found.get()
                        .owner()
                        .map(owner -> without(owner.framework(), key))
                        .orElse(byFramework));
    }

    /// Once the operation has ended. One whose end nobody waits for is over with that.
    public Operations ended(OperationKey key, OperationState state, String message, Instant at) {
        return find(key).filter(OrderedOperation::isAwaited).isPresent()
                ? changed(key, operation -> operation.ended(state, message, at))
                : without(key);
    }

    public Operations told(OperationKey key, Instant at) {
        return changed(key, operation -> operation.told(at));
    }

    /// Once their framework is gone: what was ordered is still done.
    public Operations disowned(FrameworkId framework) {
        var next = this;
        for (var operation : of(framework).toList()) {
            next = next.without(operation.key());
            if (operation.isPending()) next = next.with(operation.disowned());
        }
        return next;
    }

    private Operations changed(OperationKey key, UnaryOperator<OrderedOperation> change) {
        return find(key).map(operation -> with(change.apply(operation))).orElse(this);
    }

    private PSortedMap<FrameworkId, PSortedSet<OperationKey>> without(
            FrameworkId framework, OperationKey key) {
        var keys = byFramework.getOrDefault(framework, TreePSet.empty(ORDER)).minus(key);
        return keys.isEmpty() ? byFramework.minus(framework) : byFramework.plus(framework, keys);
    }
}
