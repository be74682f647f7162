package io.meseta.simulator.ledger;

import static io.meseta.simulator.world.BrokenPromise.unless;

import io.meseta.master.core.cluster.Cluster;
import java.time.Duration;
import java.time.Instant;

/// Whether a leader takes back offers that nobody answers, looked at with each of its ticks.
public final class Patience {

    /// A tick that is due is done long before so many others have come.
    static final int TICKS_MAX = 30;

    private final Duration timeout;
    private int overdue;

    /// @param timeout after which offers are to be taken back; zero for never
    public Patience(Duration timeout) {
        this.timeout = timeout;
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
        unless(
                overdue < TICKS_MAX,
                "offers of %s stand for longer than %s"
                        .formatted(cluster.offers().oldest(), timeout));
    }
}
