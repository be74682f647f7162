package io.meseta.master.core.offer;

import io.meseta.allocator.rule.Rules;
import io.meseta.allocator.rule.Sorter;
import io.meseta.master.core.gang.Gang;
import java.time.Duration;

/// How a leader shares and how long it waits for answers. An operator's choice, recorded with each
/// reign.
///
/// @param timeout an offer that is so old and not answered is taken back; zero for never
/// @param outstandingMax see [Rules#outstandingMax]
/// @param gangTimeout so long at most something is held for a gang that is not complete
/// @param departureHorizon an agent whose maintenance begins within so long comes after others
public record OfferTerms(
        Sorter sorter,
        Duration timeout,
        double outstandingMax,
        Duration gangTimeout,
        Duration departureHorizon) {

    /// What is begun on an agent should have some time to end.
    public static final Duration DEPARTURE_HORIZON = Duration.ofHours(1);

    /// As Mesos does it, where nobody says otherwise: fair shares, and offers that last for ever.
    public static final OfferTerms NONE = new OfferTerms(Sorter.DRF, Duration.ZERO, 1);

    /// With the horizon that there is where nobody says otherwise.
    public OfferTerms(
            Sorter sorter, Duration timeout, double outstandingMax, Duration gangTimeout) {
        this(sorter, timeout, outstandingMax, gangTimeout, DEPARTURE_HORIZON);
    }

    /// Whose gangs wait as long as they do where nobody says otherwise.
    public OfferTerms(Sorter sorter, Duration timeout, double outstandingMax) {
        this(sorter, timeout, outstandingMax, Gang.TIMEOUT);
    }

    public OfferTerms {
        if (gangTimeout.isNegative() || gangTimeout.isZero())
            throw new IllegalArgumentException("a gang's timeout is more than nothing");
        if (departureHorizon.isNegative())
            throw new IllegalArgumentException("a horizon is not in the past");
        if (timeout.isNegative()) throw new IllegalArgumentException("a timeout is not negative");
        var _ = new Rules(sorter, outstandingMax);
    }

    public Rules rules() {
        return new Rules(sorter, outstandingMax);
    }
}
