package io.meseta.simulator.ledger;

import static io.meseta.simulator.world.BrokenPromise.unless;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.offer.OfferTerms;
import java.time.Duration;
import java.time.Instant;

/// Whether a leader takes back offers that nobody answers, looked at with each of its ticks.
public final class Patience {

    /// A tick that is due is done long before so many others have come.
    static final int TICKS_MAX = 30;

    private final Duration timeout;
    private final Duration gangTimeout;
    private int overdue;
    private int heldTooLong;

    /// @param told after what time offers are to be taken back, and what is held let go
    public Patience(OfferTerms told) {
        timeout = told.timeout();
        gangTimeout = told.gangTimeout();
    }

    /// @param wall what the leader's clock says
    public void ticked(Cluster cluster, Instant wall) {
        var isOverdue =
                !timeout.isZero()
                        && cluster.offers()
                                .oldest()
                                .filter(oldest -> !oldest.plus(timeout).isAfter(wall))
                                .isPresent();
        overdue = isOverdue ? overdue + 1 : 0;
        heldTooLong = isHeldTooLong(cluster, wall) ? heldTooLong + 1 : 0;
        unless(
                heldTooLong < TICKS_MAX,
                "something is held for gangs for longer than " + gangTimeout);
        unless(
                overdue < TICKS_MAX,
                "offers of %s stand for longer than %s"
                        .formatted(cluster.offers().oldest(), timeout));
    }

    /// By when it was to be let go as the leader says, and by when it was to begin.
    private boolean isHeldTooLong(Cluster cluster, Instant wall) {
        for (var gathering : cluster.offers().gangs().all()) {
            var until = gathering.until();
            if (until.isEmpty()) continue;
            var longest = wall.plus(gangTimeout);
            if (!until.get().isAfter(wall) || until.get().isAfter(longest)) return true;
        }
        return false;
    }
}
