package io.meseta.master.core.cluster;

import io.meseta.allocator.Pool;
import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.offer.Offers;
import io.meseta.master.core.operation.Feedback;
import io.meseta.master.core.operation.Operations;
import io.meseta.master.core.reign.Reign;
import io.meseta.master.core.role.RolePremises;
import io.meseta.master.core.role.RoleUsage;
import io.meseta.master.core.role.Roles;
import io.meseta.master.core.task.Tasks;
import io.meseta.master.core.upkeep.Asking;
import io.meseta.master.core.upkeep.Departing;
import io.meseta.master.core.upkeep.Premises;
import io.meseta.master.core.upkeep.Upkeep;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/// All that the master believes, at one moment. Immutable: share it freely.
///
/// @param pool who has what; kept in step with frameworks, agents, tasks and offers
/// @param upkeep what operators want of machines
public record Cluster(
        Reign reign,
        PSortedMap<FrameworkId, Framework> frameworks,
        PSortedMap<AgentId, Agent> agents,
        Tasks tasks,
        Operations operations,
        Offers offers,
        Completed completed,
        Roles roles,
        Upkeep upkeep,
        Pool pool) {

    public static final Cluster EMPTY =
            new Cluster(
                    Reign.NONE,
                    TreePMap.empty(),
                    TreePMap.empty(),
                    Tasks.none(),
                    Operations.none(),
                    Offers.none(),
                    Completed.NOTHING,
                    Roles.none(),
                    Upkeep.NONE,
                    Pool.empty());

    public Optional<Framework> framework(FrameworkId id) {
        return Optional.ofNullable(frameworks.get(id));
    }

    public Optional<Agent> agent(AgentId id) {
        return Optional.ofNullable(agents.get(id));
    }

    /// What roles have, added up anew.
    public RoleUsage roleUsage() {
        return RoleUsage.of(rolePremises());
    }

    /// Answers a command without changing anything.
    public Decision decide(Command command, Moment moment) {
        return Decisions.on(this, command, moment);
    }

    /// What the allocator gives now that the commands of a batch have been decided: the last events
    /// of the batch. Costs nothing if nothing has changed.
    public List<Event> offer(Moment moment) {
        return Allocation.run(this, moment);
    }

    /// The cluster as it is once `event` has happened.
    public Cluster after(Event event) {
        return Fold.after(this, event);
    }

    /// What is left of this state if the leader's memory is lost.
    public Durable durable() {
        return Durable.of(this);
    }

    /// The first moment at which a [Command.Tick] would do something.
    public Optional<Instant> nextDue() {
        return Stream.of(
                        frameworks.values().stream().flatMap(each -> each.deadline().stream()),
                        Departing.nextLoss(premises()),
                        Departing.nextElapse(premises()),
                        Asking.nextLook(upkeep).stream(),
                        Feedback.nextRepetition(operations, this::listens).stream(),
                        pool.nextExpiry().stream(),
                        Priorities.next(this).stream(),
                        offers.gangs().next().stream(),
                        Staleness.next(this).stream())
                .flatMap(each -> each)
                .min(Instant::compareTo);
    }

    boolean listens(FrameworkId framework) {
        return framework(framework).filter(Framework::isConnected).isPresent();
    }

    /// An id that nobody has: a framework may bring its own, also one that would have been given.
    FrameworkId nextFramework() {
        int ahead = 0;
        // Ends: each turn passes over an id that somebody has.
        while (true) {
            var id = reign.nextFramework(ahead++);
            if (!frameworks.containsKey(id) && !completed.hasFramework(id)) return id;
        }
    }

    /// An id that no agent has.
    AgentId nextAgent() {
        int ahead = 0;
        // Ends: each turn passes over an id that somebody has.
        while (true) {
            var id = reign.nextAgent(ahead++);
            if (!agents.containsKey(id)) return id;
        }
    }

    Cluster with(Reign next) {
        return new Cluster(
                next,
                frameworks,
                agents,
                tasks,
                operations,
                offers,
                completed,
                roles,
                upkeep,
                pool);
    }

    Cluster with(Framework framework) {
        var next = frameworks.plus(framework.id(), framework);
        return new Cluster(
                reign, next, agents, tasks, operations, offers, completed, roles, upkeep, pool);
    }

    Cluster without(Framework framework) {
        var next = frameworks.minus(framework.id());
        return new Cluster(
                reign, next, agents, tasks, operations, offers, completed, roles, upkeep, pool);
    }

    Cluster with(Agent agent) {
        var next = agents.plus(agent.id(), agent);
        return new Cluster(
                reign, frameworks, next, tasks, operations, offers, completed, roles, upkeep, pool);
    }

    Cluster with(Tasks next) {
        return new Cluster(
                reign,
                frameworks,
                agents,
                next,
                operations,
                offers,
                completed,
                roles,
                upkeep,
                pool);
    }

    Cluster with(Operations next) {
        return new Cluster(
                reign, frameworks, agents, tasks, next, offers, completed, roles, upkeep, pool);
    }

    Cluster with(Offers next) {
        return new Cluster(
                reign, frameworks, agents, tasks, operations, next, completed, roles, upkeep, pool);
    }

    Cluster with(Completed next) {
        return new Cluster(
                reign, frameworks, agents, tasks, operations, offers, next, roles, upkeep, pool);
    }

    Cluster with(Roles next) {
        return new Cluster(
                reign,
                frameworks,
                agents,
                tasks,
                operations,
                offers,
                completed,
                next,
                upkeep,
                pool);
    }

    Cluster with(Pool next) {
        return new Cluster(
                reign,
                frameworks,
                agents,
                tasks,
                operations,
                offers,
                completed,
                roles,
                upkeep,
                next);
    }

    Cluster with(Upkeep next) {
        return new Cluster(
                reign, frameworks, agents, tasks, operations, offers, completed, roles, next, pool);
    }

    Cluster without(Agent agent) {
        var left = agents.minus(agent.id());
        return new Cluster(
                reign, frameworks, left, tasks, operations, offers, completed, roles, upkeep, pool);
    }

    RolePremises rolePremises() {
        return new RolePremises(roles, frameworks, agents, offers, pool);
    }

    Premises premises() {
        return new Premises(upkeep, agents, frameworks, tasks, operations, offers);
    }
}
