package io.meseta.allocator;

import io.meseta.allocator.quota.Allowances;
import io.meseta.allocator.quota.Growth;
import io.meseta.allocator.quota.Settlement;
import io.meseta.allocator.quota.Withheld;
import io.meseta.allocator.rule.Rules;
import io.meseta.allocator.rule.Sharing;
import io.meseta.allocator.want.Want;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.Weight;
import io.meseta.model.quota.Quantities;
import io.meseta.model.quota.Quota;
import java.time.Instant;
import java.util.ArrayList;
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

    final Supply supply;
    final Demand demand;
    final Refusals refusals;
    final Unsettled unsettled;

    Pool(Supply supply, Demand demand, Refusals refusals, Unsettled unsettled) {
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
        var sated = unsettled.last().withheld().sated();
        var looked = sated.isEmpty() ? unsettled : unsettled.plusFrameworks(sated);
        var next = supply.with(id, total, traits);
        return new Pool(next, demand, refusals, looked).touched(id);
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
        var member = before == null ? new Demand.Member(traits, true) : before.having(traits);
        var left = before == null ? refusals : refusals.after(id, before.traits(), traits);
        return asking(id, member, left);
    }

    private Pool asking(FrameworkId id, Demand.Member member, Refusals left) {
        var looked = member.isActive() ? unsettled.plus(id) : unsettled;
        return new Pool(supply, demand.with(id, member), left, looked);
    }

    /// Forgets the framework with its filters, and frees whatever is still allocated to it.
    public Pool withoutFramework(FrameworkId id) {
        var pool = this;
        for (var grant : supply.claims().filter(each -> each.framework().equals(id)).toList())
            pool = pool.freed(grant);
        return new Pool(
                pool.supply, demand.without(id), refusals.minus(id), pool.unsettled.minus(id));
    }

    /// An inactive framework keeps its allocations, loses its filters and is offered nothing.
    public Pool withFrameworkActive(FrameworkId id, boolean active) {
        var member = demand.members().get(id);
        if (member == null || member.isActive() == active) return this;
        return new Pool(
                supply,
                demand.with(id, member.active(active)),
                active ? refusals : refusals.minus(id),
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
        var settlement = new Settlement(metered.meter(), next.lenders(), Withheld.NOTHING);
        return new Pool(
                metered, next, refusals, unsettled.plusFrameworks(next.active()).from(settlement));
    }

    /// With another way to share for the role, and for those below that have none of their own.
    public Pool withSharing(Role role, Sharing sharing) {
        return new Pool(supply, demand.sharing(role, sharing), refusals, unsettled);
    }

    /// The role shares as the one above does.
    public Pool withoutSharing(Role role) {
        return new Pool(supply, demand.notSharing(role), refusals, unsettled);
    }

    /// With other rules for all. What is outstanding counts from now on, where it did not count
    /// before.
    public Pool withRules(Rules rules) {
        var sated = unsettled.last().withheld().sated();
        return new Pool(supply, demand.ruled(rules), refusals, unsettled.plusFrameworks(sated));
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

    /// Counts the resources as held, and as offered until they are [#returned].
    ///
    /// @throws IllegalArgumentException as for [#allocated]
    public Pool offered(Grant grant) {
        return allocated(grant).outstanding(grant, 1);
    }

    /// Counts what was offered as no longer held.
    ///
    /// @throws IllegalArgumentException as for [#freed]
    public Pool returned(Grant grant) {
        return freed(grant).outstanding(grant, -1);
    }

    private Pool outstanding(Grant grant, int sign) {
        if (!demand.countsOffers()) return this;
        var next = demand.outstanding(grant, sign);
        var framework = grant.framework();
        boolean mayHaveMore = sign < 0 && next.mayHaveMore(framework, unsettled.last().withheld());
        var looked = mayHaveMore ? unsettled.plus(framework) : unsettled;
        return new Pool(supply, next, refusals, looked);
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
        return asking(id, member.having(member.traits().reviving(roles)), left);
    }

    /// Nothing is granted in these roles until they are revived, or something is wanted again.
    /// Filters stay.
    public Pool suppressed(FrameworkId id, SortedSet<Role> roles) {
        var member = demand.members().get(id);
        if (member == null) return this;
        var after = member.having(member.traits().suppressing(roles)).contentIn(roles);
        return new Pool(supply, demand.with(id, after), refusals, unsettled);
    }

    /// The framework has said what it needs, and whatever it said before is forgotten: agents that
    /// have it are granted first, and in roles that are suppressed, no others. Clears the filters
    /// of the roles for which something is wanted. Of an inactive framework nobody takes notice.
    public Pool wanting(FrameworkId id, List<Want> wants) {
        var member = demand.members().get(id);
        if (member == null || !member.isActive()) return this;
        var left = refusals;
        for (var want : wants) left = left.minus(new Claimant(id, want.role()));
        return asking(id, member.wanting(wants), left);
    }

    /// The framework has begun to use so much in the role: the first want for which that is enough
    /// is met.
    public Pool met(FrameworkId id, Role role, Resources used) {
        var member = demand.members().get(id);
        if (member == null || member.wants().isEmpty()) return this;
        var after = member.met(role, used);
        return new Pool(supply, demand.with(id, after), refusals, unsettled);
    }

    /// What the framework has said it needs and has not got; empty for an unknown one.
    public List<Want> wants(FrameworkId id) {
        var member = demand.members().get(id);
        return member == null ? List.of() : member.wants();
    }

    /// Drops the filters that have ended by now.
    public Pool elapsed(Instant now) {
        var first = refusals.firstEnd();
        if (first.isEmpty() || first.get().isAfter(now)) return this;
        var elapsed = refusals.elapsed(now);
        var agents = new ArrayList<AgentId>();
        for (int seat : elapsed.seats()) {
            var agent = supply.byNumber().get(seat);
            if (agent != null && (supply.isOpen(agent) || demand.isOptimistic())) agents.add(agent);
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
        if (last.meter().equals(supply.meter()) && last.lenders().equals(demand.lenders()))
            return Growth.NONE;
        return allowances().since(last, demand.quotas());
    }

    private Allowances allowances() {
        return new Allowances(demand.quotas(), demand.lenders(), supply.meter());
    }

    public Lending lending() {
        return new Lending(demand, allowances());
    }

    /// The pool once an allocation's grants have been applied.
    public Pool settled(Withheld withheld) {
        var settlement = new Settlement(supply.meter(), demand.lenders(), withheld);
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
        return supply.claims();
    }

    /// What agents have of all scalars that can't be taken back, reserved or not: what guarantees
    /// may be given of.
    public Quantities capacity() {
        return supply.capacity();
    }

    /// The role's dominant share, its sub-roles' included: the largest part that it holds of any
    /// scalar in the cluster, from 0 to 1. Weights play no part in it.
    public double share(Role role) {
        return supply.held(role).shareOf(supply.total());
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

    /// Why a framework with these traits would not be granted resources in the role, had it come
    /// just now. Walks as [#explain(FrameworkId, Role, Resources)] does.
    public Explanation explain(Role role, FrameworkTraits traits, Resources needed) {
        return new Explainer(supply, demand, Refusals.NONE).explain(role, traits, needed);
    }

    /// What has changed since the last settling is this.
    Pool changed(Unsettled now) {
        return new Pool(supply, demand, refusals, now);
    }

    Pool supplied(Supply changed) {
        return new Pool(changed, demand, refusals, unsettled);
    }

    /// Remembers that the agent may have something for someone, or that it no longer has.
    Pool touched(AgentId agent) {
        return changed(supply.isOpen(agent) ? unsettled.plus(agent) : unsettled.minus(agent));
    }
}
