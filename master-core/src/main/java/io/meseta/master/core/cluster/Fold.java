package io.meseta.master.core.cluster;

import io.meseta.allocator.Grant;
import io.meseta.allocator.Keeping;
import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.agent.AgentEvent;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.framework.FrameworkEvent;
import io.meseta.master.core.offer.OfferEvent;
import io.meseta.master.core.operation.OperationEvent;
import io.meseta.master.core.operation.OrderedOperation;
import io.meseta.master.core.task.Status;
import io.meseta.master.core.task.Task;
import io.meseta.master.core.task.TaskEvent;
import io.meseta.master.core.upkeep.UpkeepEvent;
import io.meseta.model.AgentId;
import io.meseta.model.TaskKey;
import java.time.Instant;
import java.util.Collections;
import java.util.UUID;
import java.util.function.UnaryOperator;

/// The cluster after an event. Cannot fail: an event is a fact.
///
/// A fact about something that is not there changes nothing. That happens on replay only where a
/// passing event would have come before it.
final class Fold {

    private Fold() {}

    static Cluster after(Cluster cluster, Event event) {
        return switch (event) {
            case Event.OfCluster(ClusterEvent.LeadershipTaken taken) -> led(cluster, taken);
            case Event.OfCluster(ClusterEvent.FeatureLevelRaised(var level, _)) ->
                    cluster.with(cluster.reign().raisedTo(level));
            case Event.OfFramework(var each) -> after(cluster, each);
            case Event.OfAgent(var each) -> after(cluster, each);
            case Event.OfTask(var each) -> after(cluster, each);
            case Event.OfOperation(var each) -> after(cluster, each);
            case Event.OfRole(var each) -> Shares.after(cluster, each);
            case Event.OfUpkeep(var each) -> after(cluster, each);
            case Event.OfOffer(var each) -> after(cluster, each);
            case Event.OfExecutor(var each) -> Employment.after(cluster, each);
        };
    }

    /// A new leader starts with what is recorded: no connection, no offer, and time for everyone to
    /// find it.
    private static Cluster led(Cluster cluster, ClusterEvent.LeadershipTaken taken) {
        var next =
                cluster.with(
                                cluster.reign()
                                        .followedBy(
                                                taken.epoch(),
                                                taken.master(),
                                                taken.at(),
                                                taken.terms()))
                        .with(cluster.upkeep().durable());
        for (var offer : cluster.offers().all()) next = Shares.ended(next, offer);
        next = Shares.with(next, Shares.stock(next).emptied());
        for (var keep : cluster.offers().keeps().all())
            next = next.with(Keeping.release(next.pool(), keep.agent()));
        next = next.with(next.offers().keepingNothing());
        next = Shares.leaving(next, Collections.emptySortedSet());
        next = next.with(next.pool().withRules(taken.terms().offers().rules()));
        for (var framework : cluster.frameworks().values())
            next =
                    Shares.withActive(
                            next.with(
                                    framework.orphaned(taken.at(), taken.terms().frameworkGrace())),
                            framework,
                            false);
        for (var agent : cluster.agents().values())
            next =
                    Shares.withActive(
                            next.with(agent.orphaned(taken.at(), taken.terms().agentGrace())),
                            agent,
                            false);
        return next;
    }

    private static Cluster after(Cluster cluster, FrameworkEvent event) {
        return switch (event) {
            case FrameworkEvent.FrameworkRegistered(var id, var profile, var at) ->
                    Shares.with(
                            cluster.with(Framework.registered(id, profile, at))
                                    .with(cluster.reign().withFramework()),
                            Framework.registered(id, profile, at));
            case FrameworkEvent.FrameworkResubscribed(var id, var profile, var at) ->
                    cluster.framework(id)
                            .map(each -> each.resubscribed(profile, at))
                            .map(each -> Shares.with(cluster.with(each), each))
                            .orElse(cluster);
            case FrameworkEvent.FrameworkConnected(var id, var stream, var wishes, var at) ->
                    cluster.framework(id)
                            .map(each -> each.connected(stream, at))
                            .map(each ->
                                    Shares.listening(
                                            Shares.letGo(cluster, id).with(each), each, wishes))
                            .orElse(cluster);
            case FrameworkEvent.FrameworkUpdated(var id, var profile, _) ->
                    cluster.framework(id)
                            .map(each -> each.updated(profile))
                            .map(each -> Shares.updated(cluster.with(each), each))
                            .map(next ->
                                    Shares.with(
                                            next, Shares.stock(next).within(id, profile.roles())))
                            .orElse(cluster);
            case FrameworkEvent.WishesChanged(var id, var wishes) ->
                    cluster.framework(id)
                            .map(each -> Shares.wishing(cluster, each, wishes))
                            .orElse(cluster);
            case FrameworkEvent.FrameworkDisconnected(var id, var at, var deadline) ->
                    cluster.framework(id)
                            .map(each -> each.disconnected(at, deadline))
                            .map(each ->
                                    Shares.withActive(
                                            Shares.letGo(cluster, id).with(each), each, false))
                            .orElse(cluster);
            case FrameworkEvent.FrameworkRemoved(var id, var at) ->
                    cluster.framework(id)
                            .map(each -> removed(Shares.letGo(cluster, id), each, at))
                            .orElse(cluster);
            case FrameworkEvent.RolesSuppressed(var id, var roles) -> {
                var next = Shares.with(cluster, Shares.stock(cluster).without(id, roles));
                yield next.with(next.pool().suppressed(id, roles));
            }
            case FrameworkEvent.RolesRevived(var id, var roles) ->
                    cluster.with(cluster.pool().revived(id, roles));
            case FrameworkEvent.ResourcesRequested(var id, var wants, var gangs) -> {
                var next = cluster.with(cluster.pool().wanting(id, wants));
                yield Shares.with(next, Shares.stock(next).requested(id, gangs));
            }
        };
    }

    private static Cluster removed(Cluster cluster, Framework framework, Instant at) {
        var next =
                cluster.without(framework)
                        .with(cluster.completed().with(framework, at))
                        .with(cluster.operations().disowned(framework.id()))
                        .with(cluster.offers().forgetting(framework.id()));
        return next.with(next.pool().withoutFramework(framework.id()));
    }

    private static Cluster after(Cluster cluster, AgentEvent event) {
        return switch (event) {
            case AgentEvent.AgentAdmitted(var id, var profile, var orderFloor, var at) ->
                    Shares.with(
                            cluster.with(Agent.admitted(id, profile, at, orderFloor))
                                    .with(cluster.reign().withAgent()),
                            Agent.admitted(id, profile, at, orderFloor));
            case AgentEvent.AgentReturned(var id, var profile, var orderFloor, var at) ->
                    cluster.agent(id)
                            .map(each -> each.returned(profile, at, orderFloor))
                            .map(each -> Shares.with(cluster.with(each), each))
                            .orElse(cluster);
            case AgentEvent.AgentLinked(var id, var link, _, var at) ->
                    cluster.agent(id)
                            .map(each -> each.linked(link, at))
                            .map(each -> Shares.withActive(cluster.with(each), each, true))
                            .orElse(cluster);
            case AgentEvent.AgentUnlinked(var id, var lastHeard, var deadline) ->
                    cluster.agent(id)
                            .map(each -> each.unlinked(lastHeard, deadline))
                            .map(each -> Shares.withActive(cluster.with(each), each, false))
                            .orElse(cluster);
            case AgentEvent.AgentLost(var id, var at) ->
                    cluster.agent(id)
                            .map(each -> cluster.with(each.unreachable(at)))
                            .map(next -> Shares.without(next, id))
                            .orElse(cluster);
            case AgentEvent.OrderGiven(var id, var number, _, _) -> ordered(cluster, id, number);
        };
    }

    private static Cluster ordered(Cluster cluster, AgentId id, long number) {
        return cluster.agent(id).map(agent -> cluster.with(agent.ordered(number))).orElse(cluster);
    }

    private static Cluster after(Cluster cluster, TaskEvent event) {
        return switch (event) {
            case TaskEvent.TaskLaunched(var key, var spec, var placement) -> {
                var task = Task.launched(key, spec, placement);
                var next = ordered(cluster, placement.agent(), placement.order());
                next = Shares.used(next.with(next.tasks().with(task)), task);
                yield next.with(next.pool().met(key.framework(), spec.role(), spec.resources()));
            }
            case TaskEvent.StatusReceived(var key, var status, var newest, _) ->
                    moved(cluster, key, task -> task.received(status, newest));
            case TaskEvent.StatusDeclared(var key, var status) -> declared(cluster, key, status);
            case TaskEvent.StatusAcknowledged(var key, var uuid) ->
                    moved(cluster, key, task -> task.acknowledged(uuid));
            case TaskEvent.EndAcknowledged(var key, var uuid, var at) ->
                    ended(cluster, key, uuid, at);
            case TaskEvent.KillWanted(var key, var kill, _) -> {
                var next = moved(cluster, key, task -> task.toBeKilled(kill));
                yield next.tasks()
                        .find(key)
                        .map(task -> ordered(next, task.agent(), kill.order()))
                        .orElse(next);
            }
            case TaskEvent.StatusRepeated _,
                    TaskEvent.StatusAnswered _,
                    TaskEvent.StrayReported _ ->
                    cluster;
        };
    }

    /// Whatever moves a task may free what it uses.
    private static Cluster moved(Cluster cluster, TaskKey key, UnaryOperator<Task> move) {
        var found = cluster.tasks().find(key);
        if (found.isEmpty()) return cluster;
        var before = found.get();
        var task = move.apply(before);
        var next = cluster.with(cluster.tasks().with(task));
        boolean isFree = before.holdsResources() && !task.holdsResources();
        return isFree ? Shares.unused(next, task) : next;
    }

    private static Cluster declared(Cluster cluster, TaskKey key, Status status) {
        var next = moved(cluster, key, task -> task.received(status, status.state()));
        return status.isTerminal() ? completed(next, key, status.at()) : next;
    }

    private static Cluster ended(Cluster cluster, TaskKey key, UUID uuid, Instant at) {
        return completed(moved(cluster, key, task -> task.acknowledged(uuid)), key, at);
    }

    private static Cluster completed(Cluster cluster, TaskKey key, Instant at) {
        return cluster.tasks()
                .find(key)
                .map(task ->
                        cluster.with(cluster.tasks().without(task))
                                .with(cluster.completed().with(task, at)))
                .orElse(cluster);
    }

    private static Cluster after(Cluster cluster, OperationEvent event) {
        var operations = cluster.operations();
        return switch (event) {
            case OperationEvent.OperationOrdered(var key, var spec, var owner, var at) -> {
                var next = operations.with(OrderedOperation.ordered(key, spec, owner, at));
                yield Shares.converted(
                        ordered(cluster.with(next), key.agent(), key.order()),
                        key.agent(),
                        spec.conversion());
            }
            case OperationEvent.OperationEnded(var key, var state, var message, var at) -> {
                var next = cluster.with(operations.ended(key, state, message, at));
                yield next.agent(key.agent())
                        .map(agent -> next.with(agent.operated(key.order())))
                        .orElse(next);
            }
            case OperationEvent.OperationAcknowledged(var key) ->
                    cluster.with(operations.without(key));
            case OperationEvent.OperationRepeated(var key, var at) ->
                    cluster.with(operations.told(key, at));
            case OperationEvent.OperationAnswered _, OperationEvent.StrayEnded _ -> cluster;
        };
    }

    private static Cluster after(Cluster cluster, UpkeepEvent event) {
        var next = cluster.with(cluster.upkeep().after(event));
        return switch (event) {
            case UpkeepEvent.AgentDeactivated(var id, _) -> offeredOrNot(next, id);
            case UpkeepEvent.AgentReactivated(var id, _) -> offeredOrNot(next, id);
            case UpkeepEvent.DrainBegun(var id, _) -> offeredOrNot(next, id);
            case UpkeepEvent.AgentGone(var id, _) -> left(Employment.left(next, id), id);
            case UpkeepEvent.AgentRemoved(var id, _, _) -> left(Employment.left(next, id), id);
            case UpkeepEvent.LeaversFound(var agents) -> Shares.leaving(next, agents);
            // Offers and these share their ids.
            case UpkeepEvent.InverseOfferMade _ -> next.with(next.reign().withOffer());
            case UpkeepEvent.DrainEnded _,
                    UpkeepEvent.GoneElapsed _,
                    UpkeepEvent.ScheduleSet _,
                    UpkeepEvent.MachinesTakenDown _,
                    UpkeepEvent.MachinesBroughtUp _,
                    UpkeepEvent.InverseOfferEnded _,
                    UpkeepEvent.InverseOfferAnswered _,
                    UpkeepEvent.InverseOffersLooked _,
                    UpkeepEvent.LossPaced _ ->
                    next;
        };
    }

    private static Cluster offeredOrNot(Cluster cluster, AgentId id) {
        return cluster.agent(id)
                .map(agent -> Shares.withActive(cluster, agent, agent.isLinked()))
                .orElse(cluster);
    }

    private static Cluster left(Cluster cluster, AgentId id) {
        return cluster.agent(id)
                .map(cluster::without)
                .map(next -> Shares.without(next, id))
                .orElse(cluster);
    }

    private static Cluster after(Cluster cluster, OfferEvent event) {
        return switch (event) {
            case OfferEvent.OfferMade(var offer) ->
                    Shares.offered(cluster.with(cluster.reign().withOffer()), offer);
            case OfferEvent.OfferEnded(var offer, _) -> Shares.ended(cluster, offer);
            case OfferEvent.CopyCounted(var copy) -> Shares.counted(cluster, copy);
            case OfferEvent.OfGang(var each) ->
                    Shares.with(cluster, Shares.stock(cluster).after(each));
            case OfferEvent.ResourcesRefused(Grant grant, var until) ->
                    cluster.with(cluster.pool().refused(grant, until));
            case OfferEvent.AllocationSettled(var withheld) ->
                    cluster.with(cluster.pool().settled(withheld));
            case OfferEvent.RefusalsElapsed(var at) -> cluster.with(cluster.pool().elapsed(at));
            case OfferEvent.AgentKept(var keep) -> {
                var pool =
                        Keeping.keep(cluster.pool(), keep.agent(), keep.framework(), keep.role());
                yield cluster.with(cluster.offers().keeping(keep)).with(pool);
            }
            case OfferEvent.KeepEnded(var keep, var pausedUntil) ->
                    cluster.with(cluster.offers().notKeeping(keep, pausedUntil))
                            .with(Keeping.release(cluster.pool(), keep.agent()));
            case OfferEvent.NeedsLooked looked -> cluster.with(cluster.offers().after(looked));
        };
    }
}
