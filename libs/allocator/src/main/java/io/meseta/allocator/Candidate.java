package io.meseta.allocator;

import io.meseta.allocator.order.Line;
import io.meseta.allocator.quota.Allowance;
import io.meseta.allocator.quota.Allowances;
import io.meseta.allocator.want.Want;
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
        this.isSuppressed = entry.traits().suppressed().contains(claimant.role());
        this.tab = entry.tab();
        this.used = used;
        this.allowances = allowances;
        this.allowance = allowances.of(claimant.role());
    }

    /// What is known of a candidate before the allocation.
    ///
    /// @param wants those for its role
    /// @param tab null where nobody has a limit to what is unanswered
    record Entry(
            Claimant claimant,
            FrameworkTraits traits,
            Refused refused,
            List<Want> wants,
            @Nullable Tab tab) {

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

    /// Whether it has less than this part of the cluster.
    boolean isBelow(double part) {
        return share < part;
    }

    /// Remembers what it was given.
    void given(Turn turn, Resources taken, Quantities more) {
        if (tab != null) tab.add(more);
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

    private Resources allowed(Resources wanted, Turn turn) {
        if (allowance != null
                && hasDefaultMinimum
                && turn.isPlain
                && allowance.isSpent(minimum.alternatives())) {
            isSpent = true;
            return Resources.EMPTY;
        }
        return switch (turn.pass) {
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
