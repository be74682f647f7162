package io.meseta.allocator;

import io.meseta.allocator.departure.Hand;
import io.meseta.allocator.order.Line;
import io.meseta.allocator.quota.Allowance;
import io.meseta.allocator.quota.Allowances;
import io.meseta.allocator.quota.Tab;
import io.meseta.allocator.want.GangSet;
import io.meseta.allocator.want.Gatherer;
import io.meseta.allocator.want.Want;
import io.meseta.model.AgentId;
import io.meseta.model.Resources;
import io.meseta.model.quota.Quantities;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A claimant during one allocation, with the share that it has so far.
final class Candidate implements Line.Waiting {

    /// The smallest share first; of equal shares, the first by name.
    static final Comparator<Candidate> ORDER =
            Comparator.<Candidate>comparingDouble(candidate -> candidate.share)
                    .thenComparing(candidate -> candidate.claimant);

    final Claimant claimant;
    private final Entitlement entitlement;
    private final MinAllocatable minimum;
    private final boolean hasDefaultMinimum;
    private final Refused refused;
    private final List<Want> wants;

    /// Those for which it has not been given an agent yet.
    private final List<Want> unserved;

    private final @Nullable Tab tab;

    /// Null where no agent leaves.
    private final @Nullable Hand hand;

    /// Null where it seeks nothing for gangs.
    private final @Nullable Gatherer gatherer;

    private final Allowances allowances;

    /// Whether it is given what it has said it needs, and nothing else.
    private final boolean isSuppressed;

    /// The nearest quota above it; null if there is none.
    final @Nullable Allowance allowance;

    /// Whether it may take something where nothing but the frameworks has changed.
    boolean isUnsettled;

    /// The number of the turn in which it was last tried: once is enough, since what was not enough
    /// or was refused will not be taken when there is less of it.
    int triedIn;

    private Quantities used;
    private double share;

    /// Whether its role's limits leave it nothing that is worth an offer, for the rest of the
    /// allocation.
    private boolean isSpent;

    private Candidate(Entry entry, Quantities used, Allowances allowances) {
        this.claimant = entry.claimant();
        this.entitlement = new Entitlement(claimant.role(), entry.traits());
        this.minimum = entry.traits().minAllocatableFor(claimant.role());
        this.hasDefaultMinimum = minimum.equals(MinAllocatable.DEFAULT);
        this.refused = entry.refused();
        this.wants = entry.wants();
        this.unserved = new ArrayList<>(wants);
        this.gatherer = entry.gatherer();
        // Whoever gathers would refuse what it is offered of the same agents meanwhile.
        this.isSuppressed =
                gatherer != null || entry.traits().suppressed().contains(claimant.role());
        this.tab = entry.tab();
        this.hand = entry.hand();
        this.used = used;
        this.allowances = allowances;
        this.allowance = allowances.of(claimant.role());
    }

    /// What is known of a candidate before the allocation.
    ///
    /// @param wants those for its role
    /// @param tab null where nobody has a limit to what is unanswered
    /// @param hand null where no agent leaves
    /// @param gatherer null where it seeks nothing for gangs
    record Entry(
            Claimant claimant,
            FrameworkTraits traits,
            Refused refused,
            List<Want> wants,
            @Nullable Tab tab,
            @Nullable Hand hand,
            @Nullable Gatherer gatherer) {

        Candidate with(Supply supply, Allowances allowances, boolean isUnsettled) {
            var used = supply.used().getOrDefault(claimant, Quantities.NONE);
            var candidate = new Candidate(this, used, allowances);
            candidate.isUnsettled = isUnsettled;
            candidate.share(Quantities.NONE, supply.total());
            return candidate;
        }
    }

    @Override
    public double weight() {
        return 1;
    }

    boolean hasQuota() {
        return allowance != null;
    }

    void share(Quantities more, Quantities total) {
        used = used.plus(more);
        share = used.shareOf(total);
    }

    boolean hasWants() {
        return !wants.isEmpty();
    }

    boolean isGathering() {
        return gatherer != null && !gatherer.open().isEmpty();
    }

    /// The sets that it seeks and has not been given.
    List<GangSet> sets() {
        return gatherer == null ? List.of() : gatherer.open();
    }

    /// One that may be held for it, with what is there for it; null for none.
    Gatherer.@Nullable Piece holdable(Turn turn) {
        var piece = piece(turn, sets());
        return piece != null && gatherer != null && gatherer.mayHold(piece.part()) ? piece : null;
    }

    /// One of these sets for which there is enough, whether it may be held or not; null for none.
    Gatherer.@Nullable Piece piece(Turn turn, List<GangSet> among) {
        if (among.isEmpty() || turn.seat.keptFor() != null) return null;
        if (!entitlement.coversAgent(turn)) return null;
        if (tab != null && tab.isFull()) {
            tab.wasFull = true;
            return null;
        }
        // What is never split would be held for the sake of a part.
        var wanted =
                entitlement
                        .of(turn.free)
                        .filter(each -> !each.kind().isIndivisible() && !each.kind().shared());
        return Gatherer.piece(among, turn.agent, wanted, part -> isTakeable(part, turn));
    }

    private boolean isTakeable(Resources part, Turn turn) {
        if (!minimum.isMetBy(part) || refused.hides(turn.seat.number(), part)) return false;
        if (allowances.isIdle()) return true;
        return allowances.owed(allowance, part).equals(part)
                || allowances.open(allowance, part).equals(part);
    }

    /// Remembers that it was given a set.
    void gathered(Gatherer.Piece piece) {
        if (gatherer != null) gatherer.holds(piece);
        if (tab != null) tab.add(Quantities.of(piece.part()));
    }

    Round.Hold hold(AgentId agent, Gatherer.Piece piece) {
        var grant = new Grant(agent, claimant.framework(), claimant.role(), piece.part());
        return new Round.Hold(grant, piece.set());
    }

    /// Whether it has less than this part of the cluster.
    boolean isBelow(double part) {
        return share < part;
    }

    /// Remembers what it was given.
    void given(Turn turn, Resources taken, Quantities more) {
        if (tab != null) tab.add(more);
        if (hand != null && !turn.isLeaving) hand.add();
        if (unserved.isEmpty()) return;
        for (var want : unserved) {
            if (!want.isMetBy(turn.agent, taken)) continue;
            unserved.remove(want);
            return;
        }
    }

    /// What it may take on the agent of what is free there; empty if nothing, too little, or no
    /// more than it has refused.
    Resources takeable(Turn turn) {
        if (isSpent && turn.isPlain) return Resources.EMPTY;
        if (!entitlement.coversAgent(turn) || turn.seat.isKeptFrom(claimant))
            return Resources.EMPTY;
        if (tab != null && tab.isFull()) {
            tab.wasFull = true;
            return Resources.EMPTY;
        }
        if (isSpared(turn)) return Resources.EMPTY;
        var wanted = turn.isPlain ? turn.free : entitlement.of(turn.free);
        if (!allowances.isIdle()) wanted = allowed(wanted, turn);
        if (wanted.isEmpty()) return Resources.EMPTY;
        // Volumes that everyone may use come with other resources only: alone they would be offered
        // again and again.
        if (!turn.shared.isEmpty()) wanted = wanted.plus(entitlement.of(turn.shared));
        if (!isWorthwhile(wanted, turn) || refused.hides(turn.seat.number(), wanted))
            return Resources.EMPTY;
        return isSought(wanted, turn) ? wanted : Resources.EMPTY;
    }

    /// Whether it has something better in its hands than an agent that will be away soon.
    private boolean isSpared(Turn turn) {
        if (!turn.isLeaving || hand == null || hand.isEmpty()) return false;
        if (!wants.isEmpty() || turn.seat.keptFor() != null) return false;
        if (entitlement.hasReserved(turn.free)) return false;
        hand.wasSpared = true;
        return true;
    }

    private Resources allowed(Resources wanted, Turn turn) {
        if (allowance != null
                && hasDefaultMinimum
                && turn.isPlain
                && allowance.isSpent(minimum.alternatives())) {
            isSpent = true;
            return Resources.EMPTY;
        }
        return switch (turn.pass) {
            case GATHERED -> Resources.EMPTY;
            case GUARANTEED -> allowances.owed(allowance, wanted);
            case STEERED, OPEN -> allowances.open(allowance, wanted);
            case SOUGHT -> {
                var owed = allowances.owed(allowance, wanted);
                yield isMet(unserved, turn, owed) ? owed : allowances.open(allowance, wanted);
            }
        };
    }

    private boolean isWorthwhile(Resources wanted, Turn turn) {
        boolean isAsked =
                hasDefaultMinimum && turn.isPlain && turn.shared.isEmpty() && allowances.isIdle();
        return isAsked ? turn.isWorthwhile : minimum.isMetBy(wanted);
    }

    private boolean isSought(Resources wanted, Turn turn) {
        // What is freed for it bit by bit is worth nothing before it is enough.
        if (turn.seat.keptFor() != null && !isMet(wants, turn, wanted)) return false;
        return switch (turn.pass) {
            case GATHERED -> false;
            case SOUGHT -> isMet(unserved, turn, wanted);
            case STEERED -> (wants.isEmpty() && !isSuppressed) || isMet(wants, turn, wanted);
            case GUARANTEED, OPEN -> !isSuppressed || isMet(wants, turn, wanted);
        };
    }

    private static boolean isMet(List<Want> any, Turn turn, Resources wanted) {
        for (var want : any) if (want.isMetBy(turn.agent, wanted)) return true;
        return false;
    }
}
