package io.meseta.master.core.executor;

import io.meseta.model.AgentId;
import io.meseta.model.ExecutorKey;
import io.meseta.model.FrameworkId;
import java.util.Optional;
import java.util.stream.Stream;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/// All executors that have not ended, by agent.
public final class Executors {

    private static final Executors NONE = new Executors(TreePMap.empty());

    private final PSortedMap<AgentId, PSortedMap<ExecutorKey, Executor>> byAgent;

    private Executors(PSortedMap<AgentId, PSortedMap<ExecutorKey, Executor>> byAgent) {
        this.byAgent = byAgent;
    }

    public static Executors none() {
        return NONE;
    }

    public Optional<Executor> find(AgentId agent, ExecutorKey key) {
        var executors = byAgent.get(agent);
        return executors == null ? Optional.empty() : Optional.ofNullable(executors.get(key));
    }

    public Stream<Executor> on(AgentId agent) {
        return byAgent.getOrDefault(agent, TreePMap.empty()).values().stream();
    }

    /// Costs a look at every agent that has any.
    public Stream<Executor> of(FrameworkId framework) {
        return all().filter(executor -> executor.key().framework().equals(framework));
    }

    public Stream<Executor> all() {
        return byAgent.values().stream().flatMap(executors -> executors.values().stream());
    }

    /// With this executor in the place of an older one of the same key, if there is one.
    public Executors with(Executor executor) {
        var executors = byAgent.getOrDefault(executor.agent(), TreePMap.empty());
        return new Executors(
                byAgent.plus(executor.agent(), executors.plus(executor.key(), executor)));
    }

    /// Once the agent is none of the cluster's any more.
    public Executors without(AgentId agent) {
        return new Executors(byAgent.minus(agent));
    }

    public Executors without(AgentId agent, ExecutorKey key) {
        var executors = byAgent.getOrDefault(agent, TreePMap.empty()).minus(key);
        return new Executors(
                executors.isEmpty() ? byAgent.minus(agent) : byAgent.plus(agent, executors));
    }
}
