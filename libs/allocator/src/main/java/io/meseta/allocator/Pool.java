package io.meseta.allocator;

import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.Weight;
import io.meseta.model.quota.Quantities;
import io.meseta.model.quota.Quota;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Stream;

/// What the cluster has, who holds how much of it, and who may be granted more. Immutable.
///
/// The pool does not know whether what is allocated is offered or used. Its owner applies what
/// happens as it happens and, while the pool is not [settled][#isSettled], asks for grants by
/// [#allocate], applies each as [#allocated] and ends with [#settled()]:
///
/// ```
/// for (var grant : pool.allocate(seed)) pool = pool.allocated(grant);
/// pool = pool.settled();
/// ```
///
/// Each change costs about the logarithm of the cluster's size; an allocation costs what has
/// changed since the last one. Whoever is not known (an agent that was removed, say) is passed over
/// by all changes but [#allocated]. Equal histories give equal grants, on every machine.
public final class Pool {

    private static final Pool EMPTY =
            new Pool(Supply.NONE, Demand.NONE, Refusals.NONE, Unsettled.NOTHING);

    private final Supply supply;
    private final Demand demand;
    private final Refusals refusals;
    private final Unsettled unsettled;

    private Pool(Supply supply, Demand demand, Refusals refusals, Unsettled unsettled) {
        this.supply = supply;
        this.demand = demand;
        this.refusals = refusals;
        this.unsettled = unsettled;
    }

    public static Pool empty() {
        return EMPTY;
    }

    /// With an agent that is new (then active) or has changed; what is allocated of it stays so.
    public Pool withAgent(AgentId id, Resources total, AgentTraits traits) {
        return supplied(supply.with(id, total, traits)).touched(id);
    }

    /// Forgets the agent with its allocations and the filters on it.
    public Pool withoutAgent(AgentId id) {
        var seat = supply.seats().get(id);
        if (seat == null) return this;
        return new Pool(
                supply.without(id), demand, refusals.minus(seat.number()), unsettled.minus(id));
    }

    /// An inactive agent keeps its allocations and is not offered.
    public Pool withAgentActive(AgentId id, boolean active) {
        return supplied(supply.activated(id, active)).touched(id);
    }

    /// With a framework that is new (then active) or whose traits have changed, suppression among
    /// them. Filters go with their roles, and when a role is no longer suppressed.
    public Pool withFramework(FrameworkId id, FrameworkTraits traits) {
        var before = demand.members().get(id);
        if (before != null && before.traits().equals(traits)) return this;
        boolean isActive = before == null || before.isActive();
        var left = refusals;
        if (before != null) {
            for (var role : before.traits().roles()) {
                boolean revives =
                        before.traits().suppressed().contains(role)
                                && !traits.suppressed().contains(role);
                if (revives || !traits.roles().contains(role)) {
                    left = left.minus(new Claimant(id, role));
                }
            }
        }
        return new Pool(
                supply,
                demand.with(id, new Demand.Member(traits, isActive)),
                left,
                isActive ? unsettled.plus(id) : unsettled);
    }

    /// Forgets the framework with its filters, and frees whatever is still allocated to it.
    public Pool withoutFramework(FrameworkId id) {
        var pool = this;
        for (var entry : supply.seats().entrySet()) {
            for (var claim : entry.getValue().claims().entrySet()) {
                if (!claim.getKey().framework().equals(id)) continue;
                pool =
                        pool.freed(
                                new Grant(
                                        entry.getKey(),
                                        id,
                                        claim.getKey().role(),
                                        claim.getValue()));
            }
        }
        return new Pool(
                pool.supply,
                demand.without(id),
                withoutFilters(id, refusals),
                pool.unsettled.minus(id));
    }

    /// An inactive framework keeps its allocations, loses its filters and is offered nothing.
    public Pool withFrameworkActive(FrameworkId id, boolean active) {
        var member = demand.members().get(id);
        if (member == null || member.isActive() == active) return this;
        return new Pool(
                supply,
                demand.with(id, new Demand.Member(member.traits(), active)),
                active ? refusals : withoutFilters(id, refusals),
                active ? unsettled.plus(id) : unsettled.minus(id));
    }

    public Pool withWeight(Role role, Weight weight) {
        return new Pool(supply, demand.weighted(role, weight), refusals, unsettled);
    }

    /// With another quota for the role; [Quota#NONE] takes it away. Anyone may have more or less by
    /// it.
    public Pool withQuota(Role role, Quota quota) {
        var next = demand.limited(role, quota);
        var metered = supply.metered(!next.quotas().isEmpty());
        var active = new ArrayList<FrameworkId>();
        next.members()
                .forEach((id, member) -> {
                    if (member.isActive()) active.add(id);
                });
        var settlement = new Settlement(metered.meter(), Withheld.NOTHING);
        return new Pool(metered, next, refusals, unsettled.plusFrameworks(active).from(settlement));
    }

    /// Counts the resources as held. The framework need not be known: agents that come back bring
    /// tasks of frameworks that have not come back yet. More than the agent has may be allocated.
    ///
    /// @throws IllegalArgumentException if the agent is not known
    public Pool allocated(Grant grant) {
        var seat = supply.seats().get(grant.agent());
        if (seat == null) {
            throw new IllegalArgumentException(
                    "Agent " + grant.agent() + " has nothing to allocate: it is not known");
        }
        var claimant = grant.claimant();
        var after = seat.allocated(claimant, grant.resources());
        return supplied(supply.claimed(grant.agent(), claimant, seat, after));
    }

    /// Counts the resources as no longer held.
    ///
    /// @throws IllegalArgumentException if the agent is known but not all of this was allocated
    public Pool freed(Grant grant) {
        var seat = supply.seats().get(grant.agent());
        if (seat == null) return this;
        var claimant = grant.claimant();
        var after = seat.freed(claimant, grant.resources());
        return supplied(supply.claimed(grant.agent(), claimant, seat, after))
                .touched(grant.agent());
    }

    /// Sets a filter: nothing within these resources is granted again to this framework in this
    /// role on this agent until then. It does not free them.
    public Pool refused(Grant grant, Instant until) {
        var member = demand.members().get(grant.framework());
        var seat = supply.seats().get(grant.agent());
        if (seat == null
                || member == null
                || !member.isActive()
                || !member.traits().roles().contains(grant.role())) {
            return this;
        }
        var filter = new Refused.Filter(grant.resources(), until);
        return new Pool(
                supply, demand, refusals.plus(grant.claimant(), seat.number(), filter), unsettled);
    }

    /// Clears filters and suppression of exactly these roles.
    public Pool revived(FrameworkId id, SortedSet<Role> roles) {
        var member = demand.members().get(id);
        if (member == null) return this;
        var left = refusals;
        for (var role : roles) left = left.minus(new Claimant(id, role));
        var traits = member.traits().reviving(roles);
        return new Pool(
                supply,
                demand.with(id, new Demand.Member(traits, member.isActive())),
                left,
                member.isActive() ? unsettled.plus(id) : unsettled);
    }

    /// Nothing is granted in these roles until they are revived. Filters stay.
    public Pool suppressed(FrameworkId id, SortedSet<Role> roles) {
        var member = demand.members().get(id);
        if (member == null) return this;
        var traits = member.traits().suppressing(roles);
        return new Pool(
                supply,
                demand.with(id, new Demand.Member(traits, member.isActive())),
                refusals,
                unsettled);
    }

    /// Drops the filters that have ended by now.
    public Pool elapsed(Instant now) {
        var first = refusals.firstEnd();
        if (first.isEmpty() || first.get().isAfter(now)) return this;
        var elapsed = refusals.elapsed(now);
        var agents = new ArrayList<AgentId>();
        for (int seat : elapsed.seats()) {
            var agent = supply.byNumber().get(seat);
            if (agent != null && supply.isOpen(agent)) agents.add(agent);
        }
        return new Pool(supply, demand, elapsed.left(), unsettled.plusAll(agents));
    }

    /// When the next filter ends.
    public Optional<Instant> nextExpiry() {
        return refusals.firstEnd();
    }

    /// Whether an allocation would surely give nothing.
    public boolean isSettled() {
        return unsettled.agents().isEmpty()
                && (unsettled.frameworks().isEmpty() || supply.open().isEmpty())
                && growth().isNone();
    }

    private Growth growth() {
        var last = unsettled.last();
        if (last.meter().equals(supply.meter())) return Growth.NONE;
        return new Allowances(demand.quotas(), supply.meter()).since(last, demand.quotas());
    }

    /// The pool once an allocation's grants have been applied.
    public Pool settled(Withheld withheld) {
        var settlement = new Settlement(supply.meter(), withheld);
        return new Pool(supply, demand, refusals, Unsettled.since(settlement));
    }

    /// The pool once an allocation's grants have been applied, where nobody has a quota.
    public Pool settled() {
        return settled(Withheld.NOTHING);
    }

    /// New grants of what has changed since the last settling, by fair shares; changes nothing.
    ///
    /// Agents come in an order that the seed decides. On each, whoever of those that may take
    /// something has the smallest share takes all that it may, until nobody may take more. Before
    /// that, roles that have less than they are guaranteed get what they lack.
    public Round round(long seed) {
        if (isSettled()) return new Round(List.of(), unsettled.last().withheld());
        return new Allocation(supply, demand, refusals, unsettled).run(seed);
    }

    /// The grants of [#round].
    public List<Grant> allocate(long seed) {
        return round(seed).grants();
    }

    /// What nobody holds of the agent; shared volumes always are among it. Empty for an unknown
    /// one.
    public Resources available(AgentId id) {
        var seat = supply.seats().get(id);
        return seat == null ? Resources.EMPTY : seat.free().plus(seat.shared());
    }

    public boolean hasAgent(AgentId id) {
        return supply.seats().containsKey(id);
    }

    /// What decides what the framework is offered; empty for an unknown one.
    public Optional<FrameworkTraits> traits(FrameworkId id) {
        return Optional.ofNullable(demand.members().get(id)).map(Demand.Member::traits);
    }

    /// All that the agent has; empty for an unknown one.
    public Resources total(AgentId id) {
        var seat = supply.seats().get(id);
        return seat == null ? Resources.EMPTY : seat.total();
    }

    /// What is allocated of the agent to the framework in the role.
    public Resources allocated(AgentId agent, FrameworkId framework, Role role) {
        var seat = supply.seats().get(agent);
        return seat == null ? Resources.EMPTY : seat.claimed(new Claimant(framework, role));
    }

    /// All that is allocated, agent by agent.
    public Stream<Grant> allocations() {
        return supply.seats().entrySet().stream()
                .flatMap(seat ->
                        seat.getValue().claims().entrySet().stream()
                                .map(claim ->
                                        new Grant(
                                                seat.getKey(),
                                                claim.getKey().framework(),
                                                claim.getKey().role(),
                                                claim.getValue())));
    }

    /// What agents have of all scalars that can't be taken back, reserved or not: what guarantees
    /// may be given of.
    public Quantities capacity() {
        var capacity = Quantities.NONE;
        for (var seat : supply.seats().values()) {
            capacity =
                    capacity.plus(
                            Quantities.of(seat.total().filter(each -> !each.kind().revocable())));
        }
        return capacity;
    }

    /// The role's dominant share, its sub-roles' included: the largest part that it holds of any
    /// scalar in the cluster, from 0 to 1. Weights play no part in it.
    public double share(Role role) {
        var held = Quantities.NONE;
        for (var entry : supply.used().entrySet()) {
            var other = entry.getKey().role();
            if (other.equals(role) || role.isAncestorOf(other)) held = held.plus(entry.getValue());
        }
        return held.shareOf(supply.total());
    }

    /// How many filters frameworks have in exactly this role.
    public int filters(Role role) {
        return refusals.count(role);
    }

    /// Why the framework is not granted resources that it would need in one piece, agent by agent.
    /// Walks over the whole cluster: for who asks, not for the writer.
    public Explanation explain(FrameworkId id, Role role, Resources needed) {
        return new Explainer(supply, demand, refusals).explain(new Claimant(id, role), needed);
    }

    private Pool supplied(Supply changed) {
        return new Pool(changed, demand, refusals, unsettled);
    }

    /// Remembers that the agent may have something for someone, or that it no longer has.
    private Pool touched(AgentId agent) {
        var changed = supply.isOpen(agent) ? unsettled.plus(agent) : unsettled.minus(agent);
        return new Pool(supply, demand, refusals, changed);
    }

    private Refusals withoutFilters(FrameworkId id, Refusals all) {
        var member = demand.members().get(id);
        if (member == null) return all;
        Collection<Role> roles = member.traits().roles();
        var left = all;
        for (var role : roles) left = left.minus(new Claimant(id, role));
        return left;
    }
}
