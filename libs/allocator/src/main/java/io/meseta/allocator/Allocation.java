package io.meseta.allocator;

import io.meseta.allocator.departure.Hand;
import io.meseta.allocator.order.Dice;
import io.meseta.allocator.order.Shuffle;
import io.meseta.allocator.quota.Allowances;
import io.meseta.allocator.quota.Growth;
import io.meseta.allocator.quota.Tab;
import io.meseta.allocator.quota.Withheld;
import io.meseta.allocator.rule.Sorter;
import io.meseta.allocator.want.Gatherer;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Role;
import io.meseta.model.quota.Quantities;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
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
    private final RoleNode root = RoleNode.root();

    /// By role, the node of the role with its sub-roles.
    private final Map<Role, RoleNode> branches = new TreeMap<>();

    /// By role, the leaf of its own frameworks.
    private final Map<Role, RoleNode> leaves = new TreeMap<>();

    private final Grants grants;
    private final List<Round.Hold> holds = new ArrayList<>();

    /// Those that seek sets for gangs.
    private final List<Candidate> gathering = new ArrayList<>();

    private final Map<Role, Tab> held = new TreeMap<>();

    /// The agents that have been served, where they may be served again.
    private final Map<AgentId, Turn> served = new TreeMap<>();

    private final Map<FrameworkId, Tab> tabs = new TreeMap<>();

    /// Kept only where agents leave.
    private final Map<FrameworkId, Hand> hands = new TreeMap<>();

    /// Whether anyone has said what it needs.
    private final boolean isSteered;

    /// Whether anyone gathers anything.
    private final boolean isGathering;

    private final boolean isDrawn;

    private Dice dice = new Dice(0);
    private int turns;

    Allocation(Supply supply, Demand demand, Refusals refusals, Unsettled unsettled) {
        this.supply = supply;
        this.demand = demand;
        this.unsettled = unsettled;
        allowances = new Allowances(demand.quotas(), demand.lenders(), supply.meter());
        isSteered = demand.hasWants();
        isGathering = demand.isGathering();
        isDrawn = demand.rules().sorter() == Sorter.RANDOM;
        grants = new Grants(isRepeating());
        if (isGathering) demand.members().values().forEach(this::countHeld);
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
        dice = new Dice(~seed);
        Shuffle.shuffle(agents, seed);
        demand.departures().putLast(agents);
        serve(agents);
        var withheld = withFrameworks(unsettled.last().withheld());
        if (allowances.isIdle()) {
            complete(seed);
            return new Round(grants.all(), withheld.ofFrameworks(), holds);
        }
        var growth = allowances.since(unsettled.last(), demand.quotas());
        if (!growth.isNone()) {
            serveAgain(growth, seed);
            withheld = withFrameworks(growth.without(withheld));
        }
        complete(seed);
        return new Round(grants.all(), allowances.withheld(withheld), holds);
    }

    /// Who would take what others have been offered; changes nothing.
    Rivals.Found beside(List<Rivals.Showing> showings, long seed) {
        dice = new Dice(~seed);
        var found = new ArrayList<Rivals.Copy>();
        for (var showing : showings) {
            var grant = showing.grant();
            var seat = supply.seats().get(grant.agent());
            if (seat == null || !seat.isActive()) continue;
            boolean isForAll = unsettled.agents().contains(grant.agent());
            var offered = grant.resources().filter(each -> !each.kind().shared());
            var turn = new Turn(grant.agent(), seat, isForAll, isDrawn ? dice : null, offered);
            turn.isLeaving = demand.departures().isLeaving(grant.agent());
            turn.begin(++turns, Turn.Pass.OPEN);
            var holder = allowances.of(grant.role());
            // Nobody has it twice: whoever takes it takes it from the one that was offered it.
            allowances.giveBack(holder, grant.resources());
            found.addAll(new Rivals.Search(showing, demand).among(root, turn));
            allowances.take(holder, grant.resources());
        }
        return new Rivals.Found(
                found, allowances.withheld(withFrameworks(unsettled.last().withheld())));
    }

    /// Quota lets some have more than when they were last asked: they are asked everywhere. What
    /// has been freed in the meantime was offered first, so mostly nothing has grown by now.
    private void serveAgain(Growth growth, long seed) {
        root.wake(growth);
        var agents = new ArrayList<AgentId>();
        for (var agent : supply.open()) if (!unsettled.agents().contains(agent)) agents.add(agent);
        Shuffle.shuffle(agents, seed);
        demand.departures().putLast(agents);
        serve(agents);
    }

    /// One pass over all agents after the other.
    private void serve(List<AgentId> agents) {
        for (var pass : Turn.Pass.values()) {
            if (!isNeeded(pass)) continue;
            for (var agent : agents)
                if (pass != Turn.Pass.GUARANTEED || allowances.isOwing()) serve(agent, pass);
        }
    }

    private boolean isNeeded(Turn.Pass pass) {
        return switch (pass) {
            case GATHERED -> isGathering;
            case SOUGHT, STEERED -> isSteered;
            case GUARANTEED, OPEN -> true;
        };
    }

    /// Gangs that lack little may have it of what nobody has taken.
    private void complete(long seed) {
        gathering.removeIf(candidate -> !candidate.isGathering());
        if (gathering.isEmpty() || supply.open().isEmpty()) return;
        gathering.sort(Candidate.ORDER);
        var agents = new ArrayList<>(supply.open());
        Shuffle.shuffle(agents, seed);
        demand.departures().putLast(agents);
        var completion = new Completion(allowances, this::turn, agents);
        for (var candidate : gathering) holds.addAll(completion.of(candidate));
    }

    /// Whether an agent may be served more than once.
    private boolean isRepeating() {
        return isSteered || isGathering || !allowances.isIdle();
    }

    private void join(FrameworkId framework, Demand.Member member, Refusals refusals) {
        if (!member.isActive()) return;
        boolean isUnsettled = unsettled.frameworks().contains(framework);
        for (var role : member.traits().roles()) {
            if (!member.asksIn(role)) continue;
            var claimant = new Claimant(framework, role);
            var wants = member.wants().stream().filter(want -> want.role().equals(role)).toList();
            var entry =
                    new Candidate.Entry(
                            claimant,
                            member.traits(),
                            refusals.of(claimant),
                            wants,
                            tab(framework, member),
                            hand(framework),
                            gatherer(member, role));
            var candidate = entry.with(supply, allowances, isUnsettled);
            leaf(role).add(candidate);
            if (candidate.isGathering()) gathering.add(candidate);
        }
    }

    private void countHeld(Demand.Member member) {
        member.seeking().held().forEach((role, amounts) -> heldIn(role).add(amounts));
    }

    private Tab heldIn(Role role) {
        return held.computeIfAbsent(
                role, _ -> new Tab(Quantities.NONE, supply.total(), Holding.PART_MAX));
    }

    private @Nullable Gatherer gatherer(Demand.Member member, Role role) {
        var sets = member.seeking().in(role);
        return sets.isEmpty() ? null : new Gatherer(sets, heldIn(role));
    }

    private @Nullable Tab tab(FrameworkId framework, Demand.Member member) {
        if (demand.rules().isUnlimited()) return null;
        return tabs.computeIfAbsent(
                framework,
                _ -> new Tab(member.offered(), supply.total(), demand.rules().outstandingMax()));
    }

    private @Nullable Hand hand(FrameworkId framework) {
        if (demand.departures().isNone()) return null;
        return hands.computeIfAbsent(framework, _ -> new Hand(demand.departures().hand(framework)));
    }

    private Withheld withFrameworks(Withheld before) {
        boolean isNothing = tabs.isEmpty() && before.sated().isEmpty();
        if (isNothing && hands.isEmpty() && before.spared().isEmpty()) return before;
        var sated = new TreeSet<FrameworkId>(before.sated());
        sated.removeAll(unsettled.frameworks());
        tabs.forEach((framework, tab) -> {
            if (tab.wasFull) sated.add(framework);
        });
        var spared = new TreeSet<FrameworkId>(before.spared());
        spared.removeAll(unsettled.frameworks());
        hands.forEach((framework, hand) -> {
            if (hand.wasSpared) spared.add(framework);
        });
        return new Withheld(before.limited(), before.isForGuarantees(), sated, spared);
    }

    private void serve(AgentId agent, Turn.Pass pass) {
        var turn = turn(agent);
        if (turn == null || turn.free.isEmpty()) return;
        turn.begin(++turns, pass);
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
        var turn = new Turn(agent, seat, unsettled.agents().contains(agent), isDrawn ? dice : null);
        turn.isLeaving = demand.departures().isLeaving(agent);
        if (isRepeating()) served.put(agent, turn);
        return turn;
    }

    /// Grants something to the first below the node that takes it; false if nobody does.
    private boolean grantOnce(RoleNode node, Turn turn) {
        if (!node.isFor(turn)) return false;
        for (int i = 0; i < node.children().size(); i++) {
            if (grantOnce(turn.at(node.children(), i), turn)) return true;
        }
        for (int i = 0; i < node.candidates().size(); i++) {
            var candidate = turn.at(node.candidates(), i);
            if (candidate.triedIn == turn.number) continue;
            candidate.triedIn = turn.number;
            if (!turn.isForAll && !candidate.isUnsettled) continue;
            if (turn.pass == Turn.Pass.GATHERED) {
                if (candidate.isBelow(node.part()) && hold(node, candidate, turn)) return true;
                continue;
            }
            if (turn.pass == Turn.Pass.SOUGHT && !candidate.isBelow(node.part())) continue;
            var taken = candidate.takeable(turn);
            if (taken.isEmpty()) continue;
            turn.take(taken);
            grants.add(turn.agent, candidate.claimant, taken);
            allowances.take(candidate.allowance, taken);
            var quantities = Quantities.of(taken);
            candidate.given(turn, taken, quantities);
            node.share(candidate, quantities, supply.total());
            return true;
        }
        return false;
    }

    /// Whether there was something to hold for it there; then it is asked again.
    private boolean hold(RoleNode node, Candidate candidate, Turn turn) {
        var piece = candidate.holdable(turn);
        if (piece == null) return false;
        turn.take(piece.part());
        allowances.take(candidate.allowance, piece.part());
        candidate.gathered(piece);
        candidate.triedIn = 0;
        holds.add(candidate.hold(turn.agent, piece));
        node.share(candidate, Quantities.of(piece.part()), supply.total());
        return true;
    }

    private RoleNode leaf(Role role) {
        var known = leaves.get(role);
        if (known != null) return known;
        var leaf = branch(role).leaf();
        leaves.put(role, leaf);
        return leaf;
    }

    private RoleNode branch(@Nullable Role role) {
        if (role == null) return root;
        var known = branches.get(role);
        if (known != null) return known;
        var branch = branch(role.parent().orElse(null)).branch(role, demand.weight(role));
        branches.put(role, branch);
        return branch;
    }
}
