package io.meseta.master.core.offer;

import io.meseta.allocator.rule.Rules;
import io.meseta.allocator.rule.Sorter;
import java.time.Duration;

/// How a leader shares and how long it waits for answers. An operator's choice, recorded with each
/// reign.
///
/// @param timeout an offer that is so old and not answered is taken back; zero for never
/// @param outstandingMax see [Rules#outstandingMax]
public record OfferTerms(Sorter sorter, Duration timeout, double outstandingMax) {

    /// As Mesos does it, where nobody says otherwise: fair shares, and offers that last for ever.
    public static final OfferTerms NONE = new OfferTerms(Sorter.DRF, Duration.ZERO, 1);

    public OfferTerms {
        if (timeout.isNegative()) throw new IllegalArgumentException("a timeout is not negative");
        var _ = new Rules(sorter, outstandingMax);
    }

    public Rules rules() {
        return new Rules(sorter, outstandingMax);
    }
}
