package io.meseta.master.core.cluster;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.cluster.Event.OfOperation;
import io.meseta.master.core.cluster.Refusal.OperationConflicts;
import io.meseta.master.core.cluster.Refusal.OperationInvalid;
import io.meseta.master.core.cluster.Refusal.TooMuch;
import io.meseta.master.core.cluster.Refusal.UnknownAgent;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.offer.RefusalPeriod;
import io.meseta.master.core.operation.Converting;
import io.meseta.master.core.operation.Feasibility;
import io.meseta.master.core.operation.OperationEvent.OperationOrdered;
import io.meseta.master.core.operation.OperationKey;
import io.meseta.master.core.operation.OperationSpec;
import io.meseta.master.core.task.Task;
import io.meseta.model.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Operations that operators want done, with what no task uses.
///
/// What is offered is taken back as far as it is needed, and stays away for a while from whoever
/// had been offered it. Mesos takes offers back before it knows whether that helps, and also where
/// enough is free; there the allocator may be quicker than the master, and here it can't be.
public final class Operating {

    /// So many operations of operators may be on their way to one agent.
    static final int PENDING_MAX = 1_000;

    private final Cluster cluster;
    private final Agent agent;
    private final OperationSpec spec;
    private final List<Offer> rescinded = new ArrayList<>();
    private Resources available;

    private Operating(Cluster cluster, Agent agent, OperationSpec spec) {
        this.cluster = cluster;
        this.agent = agent;
        this.spec = spec;
        this.available = cluster.pool().available(agent.id());
    }

    static Decision decide(Cluster cluster, Command.Operate command, Moment moment) {
        var agent = cluster.agent(command.agent()).filter(each -> !each.isUnreachable());
        if (agent.isEmpty()) return Decisions.refused(new UnknownAgent(command.agent()));
        var spec = command.spec();
        var problem = problem(cluster, agent.get(), spec);
        if (problem.isPresent()) return Decisions.refused(new OperationInvalid(problem.get()));
        long pending =
                cluster.operations()
                        .on(agent.get().id())
                        .filter(each -> each.isPending() && each.owner().isEmpty())
                        .count();
        if (pending >= PENDING_MAX)
            return Decisions.refused(new TooMuch("operations on one agent", PENDING_MAX));
        return new Operating(cluster, agent.get(), spec).decide(moment);
    }

    /// What makes no sense of it as the agent is, whatever is available; also for who wants to know
    /// it beforehand.
    public static Optional<String> problem(Cluster cluster, Agent agent, OperationSpec spec) {
        return Converting.incapable(agent, Optional.empty(), spec)
                .or(() ->
                        feasibility(cluster, agent, Resources.EMPTY)
                                .conflict(spec)
                                .map(Feasibility.Problem::text));
    }

    private Decision decide(Moment moment) {
        var missing = spec.conversion().consumed().without(available);
        var lack = lack();
        for (var offer : cluster.offers().on(agent.id())) {
            if (lack.isEmpty()) break;
            var offered = unshared(offer.grant().resources());
            var still = missing.without(offered);
            if (still.equals(missing)) continue;
            missing = still;
            rescinded.add(offer);
            available = available.plus(offered);
            lack = lack();
        }
        if (lack.isPresent()) return Decisions.refused(new OperationConflicts(lack.get()));
        withdrawShared();
        var events = new ArrayList<Event>(Withdrawal.rescind(rescinded));
        for (var offer : rescinded)
            Declining.refuse(offer.grant(), RefusalPeriod.DEFAULT, moment).ifPresent(events::add);
        events.add(
                new OfOperation(
                        new OperationOrdered(
                                new OperationKey(agent.id(), agent.lastOrder() + 1),
                                spec,
                                Optional.empty(),
                                moment.at())));
        return Decisions.accepted(events);
    }

    private Optional<String> lack() {
        return feasibility(cluster, agent, available).lack(spec);
    }

    /// Nobody may be offered a shared volume any more that is about to end.
    private void withdrawShared() {
        var volumes = Converting.withdrawn(spec);
        cluster.offers().on(agent.id()).stream()
                .filter(offer -> !rescinded.contains(offer))
                .filter(offer ->
                        offer.grant().resources().kinds().stream().anyMatch(volumes::contains))
                .forEach(rescinded::add);
    }

    /// Shared volumes are always among what is available.
    private static Resources unshared(Resources resources) {
        return resources.filter(each -> !each.kind().shared());
    }

    private static Feasibility feasibility(Cluster cluster, Agent agent, Resources available) {
        var used = Resources.EMPTY;
        for (var task : cluster.tasks().on(agent.id()).filter(Task::holdsResources).toList())
            for (var each : task.spec().resources().stream().toList())
                if (each.kind().isPersistentVolume() && used.copies(each.kind()) == 0)
                    used = used.plus(Resources.of(each));
        return new Feasibility(agent.profile().resources(), used, available, Optional.empty());
    }
}
