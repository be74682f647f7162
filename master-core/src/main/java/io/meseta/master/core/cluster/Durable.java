package io.meseta.master.core.cluster;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.executor.Executor;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.operation.OrderedOperation;
import io.meseta.master.core.reign.Reign;
import io.meseta.master.core.role.Roles;
import io.meseta.master.core.task.Task;
import io.meseta.master.core.upkeep.Upkeep;
import java.time.Duration;
import java.util.List;

/// The part of a [Cluster] that recorded events alone have made: what a snapshot holds, and what a
/// replay must reproduce.
///
/// Whatever only the leader's memory knows is set to what a new leader would assume.
///
/// @param frameworks sorted by id
/// @param agents sorted by id
/// @param tasks sorted by framework and id
/// @param operations sorted by agent and order
/// @param executors sorted by agent, framework and id
public record Durable(
        Reign reign,
        List<Framework> frameworks,
        List<Agent> agents,
        List<Task> tasks,
        List<OrderedOperation> operations,
        Completed completed,
        Roles roles,
        Upkeep upkeep,
        List<Executor> executors) {

    public Durable {
        frameworks = List.copyOf(frameworks);
        agents = List.copyOf(agents);
        tasks = List.copyOf(tasks);
        operations = List.copyOf(operations);
        executors = List.copyOf(executors);
    }

    static Durable of(Cluster cluster) {
        return new Durable(
                cluster.reign().withoutOffers(),
                cluster.frameworks().values().stream()
                        .map(each -> each.orphaned(each.reregisteredAt(), Duration.ZERO))
                        .toList(),
                cluster.agents().values().stream()
                        .map(each -> each.orphaned(each.reregisteredAt(), Duration.ZERO))
                        .toList(),
                cluster.tasks().all().map(Task::unacknowledged).toList(),
                cluster.operations().all().map(OrderedOperation::untold).toList(),
                cluster.completed().durable(),
                cluster.roles(),
                cluster.upkeep().durable(),
                cluster.tasks().executors().all().toList());
    }

    /// The cluster that these facts describe, with nobody connected and nothing offered.
    public Cluster toCluster() {
        var cluster = Cluster.EMPTY.with(reign).with(completed).with(upkeep);
        cluster = Shares.with(cluster, roles);
        for (var framework : frameworks) cluster = Shares.with(cluster.with(framework), framework);
        for (var agent : agents) {
            cluster = cluster.with(agent);
            if (!agent.isUnreachable()) cluster = Shares.with(cluster, agent);
        }
        for (var task : tasks) {
            cluster = cluster.with(cluster.tasks().with(task));
            if (task.holdsResources()) cluster = Shares.used(cluster, task);
        }
        for (var executor : executors) {
            var known = cluster.tasks().executors().with(executor);
            cluster = Shares.used(cluster.with(cluster.tasks().with(known)), executor);
        }
        for (var operation : operations)
            cluster = cluster.with(cluster.operations().with(operation));
        return cluster;
    }
}
