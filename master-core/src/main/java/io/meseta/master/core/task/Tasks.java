package io.meseta.master.core.task;

import io.meseta.master.core.executor.Executors;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Resources;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;
import org.pcollections.PSortedMap;
import org.pcollections.PSortedSet;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/// All tasks whose end has not been acknowledged, by framework and by agent, and the executors that
/// they belong to.
public final class Tasks {

    private static final Tasks NONE =
            new Tasks(TreePMap.empty(), TreePMap.empty(), 0, Executors.none());

    private final PSortedMap<FrameworkId, PSortedMap<TaskId, Task>> byFramework;
    private final PSortedMap<AgentId, PSortedSet<TaskKey>> byAgent;
    private final int size;
    private final Executors executors;

    private Tasks(
            PSortedMap<FrameworkId, PSortedMap<TaskId, Task>> byFramework,
            PSortedMap<AgentId, PSortedSet<TaskKey>> byAgent,
            int size,
            Executors executors) {
        this.byFramework = byFramework;
        this.byAgent = byAgent;
        this.size = size;
        this.executors = executors;
    }

    public static Tasks none() {
        return NONE;
    }

    public Optional<Task> find(TaskKey key) {
        var tasks = byFramework.get(key.framework());
        return tasks == null ? Optional.empty() : Optional.ofNullable(tasks.get(key.task()));
    }

    public Collection<Task> of(FrameworkId framework) {
        return byFramework.getOrDefault(framework, TreePMap.empty()).values();
    }

    public Stream<Task> on(AgentId agent) {
        return byAgent.getOrDefault(agent, TreePSet.empty()).stream()
                .flatMap(key -> find(key).stream());
    }

    /// What is in use on the agent, by each task and by each executor.
    public Stream<Resources> heldOn(AgentId agent) {
        return Stream.concat(
                on(agent).filter(Task::holdsResources).map(task -> task.spec().resources()),
                executors.on(agent).map(executor -> executor.spec().resources()));
    }

    public Stream<Task> all() {
        return byFramework.values().stream().flatMap(tasks -> tasks.values().stream());
    }

    public Executors executors() {
        return executors;
    }

    public Tasks with(Executors others) {
        return new Tasks(byFramework, byAgent, size, others);
    }

    public int size() {
        return size;
    }

    /// With this task in the place of an older one of the same key, if there is one.
    public Tasks with(Task task) {
        var key = task.key();
        var tasks = byFramework.getOrDefault(key.framework(), TreePMap.empty());
        boolean isNew = !tasks.containsKey(key.task());
        var grown = byFramework.plus(key.framework(), tasks.plus(key.task(), task));
        if (!isNew) return new Tasks(grown, byAgent, size, executors);
        var keys = byAgent.getOrDefault(task.agent(), TreePSet.empty());
        return new Tasks(grown, byAgent.plus(task.agent(), keys.plus(key)), size + 1, executors);
    }

    public Tasks without(Task task) {
        var key = task.key();
        var tasks = byFramework.getOrDefault(key.framework(), TreePMap.empty());
        if (!tasks.containsKey(key.task())) return this;
        var fewer = tasks.minus(key.task());
        var keys = byAgent.getOrDefault(task.agent(), TreePSet.empty()).minus(key);
        return new Tasks(
                fewer.isEmpty()
                        ? byFramework.minus(key.framework())
                        : byFramework.plus(key.framework(), fewer),
                keys.isEmpty() ? byAgent.minus(task.agent()) : byAgent.plus(task.agent(), keys),
                size - 1,
                executors);
    }
}
