package io.meseta.allocator;

import io.meseta.model.Resources;
import io.meseta.model.quota.Quantities;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// A claimant during one allocation, with the share that it has so far.
final class Candidate {

    /// The smallest share first; of equal shares, the first by name.
    static final Comparator<Candidate> ORDER =
            Comparator.<Candidate>comparingDouble(candidate -> candidate.share)
                    .thenComparing(candidate -> candidate.claimant);

    final Claimant claimant;
    private final Entitlement entitlement;
    private final MinAllocatable minimum;
    private final boolean hasDefaultMinimum;
    private final Refused refused;
    private final Allowances allowances;

    /// The nearest quota above it; null if there is none.
    final @Nullable Allowance allowance;

    /// Whether it may take something where nothing but the frameworks has changed.
    boolean isUnsettled;

    /// The number of the turn in which it was last tried: once is enough, since what was not enough
    /// or was refused will not be taken when there is less of it.
    int triedIn;

    private Quantities used;
    private double share;

    Candidate(
            Claimant claimant,
            FrameworkTraits traits,
            Refused refused,
            Quantities used,
            Allowances allowances) {
        this.claimant = claimant;
        this.entitlement = new Entitlement(claimant.role(), traits);
        this.minimum = traits.minAllocatableFor(claimant.role());
        this.hasDefaultMinimum = minimum.equals(MinAllocatable.DEFAULT);
        this.refused = refused;
        this.used = used;
        this.allowances = allowances;
        this.allowance = allowances.of(claimant.role());
    }

    boolean hasQuota() {
        return allowance != null;
    }

    void share(Quantities more, Quantities total) {
        used = used.plus(more);
        share = used.shareOf(total);
    }

    /// What it may take on the agent of what is free there; empty if nothing, too little, or no
    /// more than it has refused.
    Resources takeable(Turn turn) {
        if (!entitlement.coversAgent(turn)) return Resources.EMPTY;
        var wanted = turn.isPlain ? turn.free : entitlement.of(turn.free);
        if (!allowances.isIdle()) wanted = allowed(wanted, turn);
        if (wanted.isEmpty()) return Resources.EMPTY;
        // Volumes that everyone may use come with other resources only: alone they would be offered
        // again and again.
        if (!turn.shared.isEmpty()) wanted = wanted.plus(entitlement.of(turn.shared));
        if (!isWorthwhile(wanted, turn) || refused.hides(turn.seat.number(), wanted))
            return Resources.EMPTY;
        return wanted;
    }

    private Resources allowed(Resources wanted, Turn turn) {
        return turn.isForGuarantees
                ? allowances.owed(allowance, wanted)
                : allowances.open(allowance, wanted);
    }

    private boolean isWorthwhile(Resources wanted, Turn turn) {
        boolean isAsked =
                hasDefaultMinimum && turn.isPlain && turn.shared.isEmpty() && allowances.isIdle();
        return isAsked ? turn.isWorthwhile : minimum.isMetBy(wanted);
    }
}
