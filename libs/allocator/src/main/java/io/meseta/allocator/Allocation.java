package io.meseta.allocator;

import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Role;
import io.meseta.model.quota.Quantities;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One run: who gets what of all that is unsettled. Mutable, used once, by one thread.
///
/// On each agent the claimants are walked in the order of their shares, roles first, until one
/// takes something; then shares have changed and the walk starts again, past those already tried.
/// Sorting all claimants anew for each agent would be the obvious way: with 200 that decline
/// everywhere it costs far more than trying them. Here only the nodes above a grant are sorted
/// again.
final class Allocation {

    private final Supply supply;
    private final Demand demand;
    private final Unsettled unsettled;
    private final Allowances allowances;
    private final RoleNode root = new RoleNode(null, Role.ANY, 1);

    /// By role, the node of the role with its sub-roles.
    private final Map<Role, RoleNode> branches = new TreeMap<>();

    /// By role, the leaf of its own frameworks.
    private final Map<Role, RoleNode> leaves = new TreeMap<>();

    private final Grants grants;

    /// The agents that have been served, where they may be served again.
    private final Map<AgentId, Turn> served = new TreeMap<>();

    private int turns;

    Allocation(Supply supply, Demand demand, Refusals refusals, Unsettled unsettled) {
        this.supply = supply;
        this.demand = demand;
        this.unsettled = unsettled;
        allowances = new Allowances(demand.quotas(), supply.meter());
        grants = new Grants(!allowances.isIdle());
        demand.members().forEach((framework, member) -> join(framework, member, refusals));
        // Also those count in the tree that ask for nothing now but hold something.
        supply.used()
                .forEach((claimant, used) -> leaf(claimant.role()).share(used, supply.total()));
    }

    Round run(long seed) {
        var agents =
                unsettled.frameworks().isEmpty()
                        ? new ArrayList<>(unsettled.agents())
                        : new ArrayList<>(supply.open());
        Shuffle.shuffle(agents, seed);
        serve(agents);
        if (allowances.isIdle()) return new Round(grants.all(), Withheld.NOTHING);
        var withheld = unsettled.last().withheld();
        var growth = allowances.since(unsettled.last(), demand.quotas());
        if (!growth.isNone()) {
            serveAgain(growth, seed);
            withheld = growth.without(withheld);
        }
        return new Round(grants.all(), allowances.withheld(withheld));
    }

    /// Quota lets some have more than when they were last asked: they are asked everywhere. What
    /// has been freed in the meantime was offered first, so mostly nothing has grown by now.
    private void serveAgain(Growth growth, long seed) {
        root.wake(growth);
        var agents = new ArrayList<AgentId>();
        for (var agent : supply.open()) if (!unsettled.agents().contains(agent)) agents.add(agent);
        Shuffle.shuffle(agents, seed);
        serve(agents);
    }

    /// What is guaranteed comes first, on all agents.
    private void serve(List<AgentId> agents) {
        for (var agent : agents) if (allowances.isOwing()) serve(agent, true);
        for (var agent : agents) serve(agent, false);
    }

    private void join(FrameworkId framework, Demand.Member member, Refusals refusals) {
        if (!member.isActive()) return;
        boolean isUnsettled = unsettled.frameworks().contains(framework);
        for (var role : member.traits().roles()) {
            if (member.traits().suppressed().contains(role)) continue;
            var claimant = new Claimant(framework, role);
            var used = supply.used().getOrDefault(claimant, Quantities.NONE);
            var candidate =
                    new Candidate(
                            claimant, member.traits(), refusals.of(claimant), used, allowances);
            candidate.isUnsettled = isUnsettled;
            candidate.share(Quantities.NONE, supply.total());
            leaf(role).add(candidate);
        }
    }

    private void serve(AgentId agent, boolean forGuarantees) {
        var turn = turn(agent);
        if (turn == null || turn.free.isEmpty()) return;
        turn.begin(++turns, forGuarantees);
        // Ends: each candidate is tried once in a turn.
        boolean goesOn = true;
        while (goesOn) goesOn = grantOnce(root, turn) && !turn.free.isEmpty();
    }

    /// Null where nothing can be granted.
    private @Nullable Turn turn(AgentId agent) {
        var before = served.get(agent);
        if (before != null) return before;
        var seat = supply.seats().get(agent);
        if (seat == null || !seat.isOpen()) return null;
        var turn = new Turn(agent, seat, unsettled.agents().contains(agent));
        if (!allowances.isIdle()) served.put(agent, turn);
        return turn;
    }

    /// Grants something to the first below the node that takes it; false if nobody does.
    private boolean grantOnce(RoleNode node, Turn turn) {
        if (!node.isFor(turn)) return false;
        for (var child : node.children()) {
            if (grantOnce(child, turn)) return true;
        }
        for (var candidate : node.candidates()) {
            if (candidate.triedIn == turn.number) continue;
            candidate.triedIn = turn.number;
            if (!turn.isForAll && !candidate.isUnsettled) continue;
            var taken = candidate.takeable(turn);
            if (taken.isEmpty()) continue;
            turn.take(taken);
            grants.add(turn.agent, candidate.claimant, taken);
            allowances.take(candidate.allowance, taken);
            var quantities = Quantities.of(taken);
            candidate.share(quantities, supply.total());
            node.share(quantities, supply.total());
            return true;
        }
        return false;
    }

    private RoleNode leaf(Role role) {
        var known = leaves.get(role);
        if (known != null) return known;
        var leaf = new RoleNode(branch(role), role, 1);
        leaves.put(role, leaf);
        return leaf;
    }

    private RoleNode branch(@Nullable Role role) {
        if (role == null) return root;
        var known = branches.get(role);
        if (known != null) return known;
        var branch = new RoleNode(branch(role.parent().orElse(null)), role, demand.weight(role));
        branches.put(role, branch);
        return branch;
    }
}
