package io.meseta.simulator.ledger;

import static io.meseta.simulator.world.BrokenPromise.unless;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.task.Task;
import io.meseta.model.AgentId;
import io.meseta.model.Resources;

/// Adds up what has been given away of an agent, from tasks and offers alone.
final class Books {

    private Books() {}

    static void check(Cluster cluster, AgentId id) {
        var agent = cluster.agent(id);
        if (agent.isEmpty()) return;
        var given = Resources.EMPTY;
        for (var offer : cluster.offers().countedOn(id))
            given = given.plus(offer.grant().resources());
        given = given.plus(cluster.offers().gangs().heldOn(id));
        var used = cluster.tasks().on(id).filter(Task::holdsResources).toList();
        for (var task : used) given = given.plus(task.spec().resources());
        for (var executor : cluster.tasks().executors().on(id).toList())
            given = given.plus(executor.spec().resources());
        var total = agent.get().profile().resources();
        unless(
                total.contains(given),
                "%s has %s, and %s was given away".formatted(id, total, given));
        if (agent.get().isUnreachable()) {
            unless(cluster.offers().on(id).isEmpty(), id + " is unreachable, and is still offered");
            return;
        }
        unless(
                !cluster.upkeep().isDeactivated(id) || cluster.offers().on(id).isEmpty(),
                id + " is deactivated, and is still offered");
        var free = cluster.pool().available(id);
        unless(
                free.plus(given).equals(total),
                "%s has %s, of which %s is given away, and the pool says that %s is free"
                        .formatted(id, total, given, free));
    }
}
