package io.meseta.master.core.cluster;

import io.meseta.allocator.AgentTraits;
import io.meseta.allocator.FrameworkTraits;
import io.meseta.allocator.Grant;
import io.meseta.allocator.Leaving;
import io.meseta.allocator.Rivals;
import io.meseta.allocator.constraint.Place;
import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.executor.Executor;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.framework.OfferWishes;
import io.meseta.master.core.gang.Stock;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.role.RoleEvent;
import io.meseta.master.core.role.Roles;
import io.meseta.master.core.task.Task;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.conversion.Conversion;
import io.meseta.model.quota.Quota;
import java.util.SortedSet;
import java.util.TreeSet;

/// Keeps the allocator's pool in step with the rest of the state.
///
/// An agent that is unreachable is not in the pool, and neither is what runs on it.
final class Shares {

    private Shares() {}

    /// A framework is there, or has changed. It gets no offers before it listens.
    static Cluster with(Cluster cluster, Framework framework) {
        var pool =
                cluster.pool()
                        .withFramework(framework.id(), traits(framework, OfferWishes.ALL))
                        .withFrameworkActive(framework.id(), framework.isConnected());
        return cluster.with(pool);
    }

    static Cluster listening(Cluster cluster, Framework framework, OfferWishes wishes) {
        // Off and on again: what an earlier stream has refused, this one may want.
        var pool =
                cluster.pool()
                        .withFrameworkActive(framework.id(), false)
                        .withFramework(framework.id(), traits(framework, wishes))
                        .withFrameworkActive(framework.id(), true);
        return cluster.with(pool);
    }

    /// A framework has changed while it listens; what it wishes for is as before.
    static Cluster updated(Cluster cluster, Framework framework) {
        var before = wishes(cluster, framework.id());
        var suppressed = new TreeSet<>(before.suppressed());
        suppressed.retainAll(framework.profile().roles());
        return wishing(cluster, framework, new OfferWishes(suppressed, before.constraints()));
    }

    static Cluster wishing(Cluster cluster, Framework framework, OfferWishes wishes) {
        return cluster.with(
                cluster.pool().withFramework(framework.id(), traits(framework, wishes)));
    }

    static OfferWishes wishes(Cluster cluster, FrameworkId id) {
        return cluster.pool()
                .traits(id)
                .map(each -> new OfferWishes(each.suppressed(), each.constraints()))
                .orElse(OfferWishes.ALL);
    }

    static Cluster withActive(Cluster cluster, Framework framework, boolean active) {
        return cluster.with(cluster.pool().withFrameworkActive(framework.id(), active));
    }

    /// An agent is there, or has come back from beyond reach with the tasks it had.
    static Cluster with(Cluster cluster, Agent agent) {
        boolean wasOut = !cluster.pool().hasAgent(agent.id());
        var pool =
                cluster.pool()
                        .withAgent(agent.id(), agent.profile().resources(), traits(cluster, agent))
                        .withAgentActive(agent.id(), isOffered(cluster, agent));
        if (!wasOut) return cluster.with(pool);
        var tasks = cluster.tasks().on(agent.id()).filter(Task::holdsResources).toList();
        for (var task : tasks) pool = pool.allocated(grant(task));
        for (var executor : cluster.tasks().executors().on(agent.id()).toList())
            pool = pool.allocated(grant(executor));
        return cluster.with(pool);
    }

    static Cluster withActive(Cluster cluster, Agent agent, boolean active) {
        return agent.isUnreachable()
                ? cluster
                : cluster.with(
                        cluster.pool()
                                .withAgentActive(agent.id(), active && isOffered(cluster, agent)));
    }

    /// Whether there is anybody to launch something there, and operators let them.
    private static boolean isOffered(Cluster cluster, Agent agent) {
        return agent.isLinked() && !cluster.upkeep().isDeactivated(agent.id());
    }

    /// An agent has other resources in the place of some. Whoever held those has let go of them.
    static Cluster converted(Cluster cluster, AgentId id, Conversion conversion) {
        var agent = cluster.agent(id);
        if (agent.isEmpty()) return cluster;
        var had = agent.get().profile().resources();
        var changed = agent.get().having(conversion.of(had).orElse(had));
        var next = cluster.with(changed);
        if (!next.pool().hasAgent(id)) return next;
        var pool =
                next.pool().withAgent(id, changed.profile().resources(), traits(cluster, changed));
        return next.with(pool);
    }

    static Cluster used(Cluster cluster, Task task) {
        return cluster.pool().hasAgent(task.agent())
                ? cluster.with(cluster.pool().allocated(grant(task)))
                : cluster;
    }

    static Cluster unused(Cluster cluster, Task task) {
        return freed(cluster, grant(task));
    }

    static Cluster used(Cluster cluster, Executor executor) {
        return cluster.pool().hasAgent(executor.agent())
                ? cluster.with(cluster.pool().allocated(grant(executor)))
                : cluster;
    }

    static Cluster unused(Cluster cluster, Executor executor) {
        return freed(cluster, grant(executor));
    }

    /// What is gathered, with the pool that it is held of.
    static Stock stock(Cluster cluster) {
        return new Stock(cluster.offers().gangs(), cluster.pool());
    }

    static Cluster with(Cluster cluster, Stock stock) {
        return cluster.with(cluster.offers().gathering(stock.gangs())).with(stock.pool());
    }

    /// Nothing is gathered for the framework any more.
    static Cluster letGo(Cluster cluster, FrameworkId framework) {
        return with(cluster, stock(cluster).without(framework));
    }

    /// The agent is out of reach, with whatever runs there.
    static Cluster without(Cluster cluster, AgentId agent) {
        var next = with(cluster, stock(cluster).without(agent));
        return next.with(next.pool().withoutAgent(agent));
    }

    /// A copy counts for nobody: what it holds counts as another's.
    static Cluster offered(Cluster cluster, Offer offer) {
        var next = cluster.with(cluster.offers().with(offer));
        return offer.isCopy() ? next : next.with(next.pool().offered(offer.grant()));
    }

    /// An offer is over.
    static Cluster ended(Cluster cluster, Offer offer) {
        // It may count by now, or count no more.
        var known = cluster.offers().find(offer.id()).orElse(offer);
        var next = cluster.with(cluster.offers().without(known));
        if (!next.pool().hasAgent(known.agent())) return next;
        // Others may be shown what one does not want.
        return next.with(
                known.isCopy()
                        ? Rivals.again(next.pool(), known.agent())
                        : next.pool().returned(known.grant()));
    }

    /// What a copy holds counts as its framework's from now on.
    static Cluster counted(Cluster cluster, Offer copy) {
        var next = cluster.with(cluster.offers().counting(copy));
        return next.with(next.pool().offered(copy.grant()));
    }

    /// These agents will be away soon.
    static Cluster leaving(Cluster cluster, SortedSet<AgentId> agents) {
        var unanswered = cluster.offers().counted().map(Offer::grant);
        return cluster.with(Leaving.with(cluster.pool(), agents, unanswered));
    }

    private static Cluster freed(Cluster cluster, Grant grant) {
        return cluster.pool().hasAgent(grant.agent())
                ? cluster.with(cluster.pool().freed(grant))
                : cluster;
    }

    /// Roles have other weights or quotas.
    static Cluster after(Cluster cluster, RoleEvent event) {
        var pool = cluster.pool();
        switch (event) {
            case RoleEvent.WeightsUpdated(var weights, _) -> {
                for (var each : weights.entrySet())
                    pool = pool.withWeight(each.getKey(), each.getValue());
            }
            case RoleEvent.QuotasUpdated(var quotas, _) -> {
                for (var each : quotas.entrySet())
                    pool = pool.withQuota(each.getKey(), each.getValue());
            }
            case RoleEvent.QuotaRemoved(var role, _) -> pool = pool.withQuota(role, Quota.NONE);
            case RoleEvent.SharingSet(var role, var sharing, _) -> {
                pool = pool.withSharing(role, sharing);
                if (sharing.isOptimistic()) pool = Rivals.everywhere(pool);
            }
            case RoleEvent.SharingRemoved(var role, _) -> pool = pool.withoutSharing(role);
        }
        return cluster.with(cluster.roles().after(event)).with(pool);
    }

    /// A state that was read back knows its roles.
    static Cluster with(Cluster cluster, Roles roles) {
        var pool = cluster.pool();
        for (var each : roles.weights().entrySet())
            pool = pool.withWeight(each.getKey(), each.getValue());
        for (var each : roles.quotas().entrySet())
            pool = pool.withQuota(each.getKey(), each.getValue());
        for (var each : roles.sharings().entrySet())
            pool = pool.withSharing(each.getKey(), each.getValue());
        return cluster.with(roles).with(pool);
    }

    private static FrameworkTraits traits(Framework framework, OfferWishes wishes) {
        var profile = framework.profile();
        return new FrameworkTraits(
                profile.roles(),
                wishes.suppressed(),
                profile.capabilities(),
                profile.minAllocatable(),
                wishes.constraints());
    }

    /// Where there are no regions no agent is in another one.
    private static AgentTraits traits(Cluster cluster, Agent agent) {
        var profile = agent.profile();
        var own = cluster.reign().terms().region();
        var its = profile.site().domain().map(Place.FaultDomain::region);
        boolean isElsewhere = own.isPresent() && its.isPresent() && !own.equals(its);
        return new AgentTraits(
                isElsewhere || profile.site().isRemote(), profile.capabilities(), profile.place());
    }

    private static Grant grant(Executor executor) {
        return new Grant(
                executor.agent(),
                executor.key().framework(),
                executor.role(),
                executor.spec().resources());
    }

    private static Grant grant(Task task) {
        return new Grant(
                task.agent(), task.key().framework(), task.spec().role(), task.spec().resources());
    }
}
