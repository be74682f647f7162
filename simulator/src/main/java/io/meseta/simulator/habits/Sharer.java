package io.meseta.simulator.habits;

import io.meseta.allocator.rule.Sorter;
import io.meseta.master.core.offer.OfferTerms;
import io.meseta.master.core.reign.Terms;
import io.meseta.simulator.world.Chance;
import java.time.Duration;

/// By what terms masters lead.
public interface Sharer {

    /// Each reign has its own way to share.
    Sharer UNEVEN =
            chance ->
                    Terms.DEFAULT.offering(
                            new OfferTerms(
                                    chance.oneIn(4) ? Sorter.RANDOM : Sorter.DRF,
                                    chance.oneIn(3)
                                            ? Duration.ZERO
                                            : Duration.ofMillis(chance.between(5_000, 90_000)),
                                    chance.oneIn(3) ? 0.25 : 1,
                                    Duration.ofMillis(chance.between(5_000, 60_000))));

    /// As a master does it that nobody has told otherwise, which takes back after a minute what
    /// nobody answers.
    Sharer USUAL =
            _ -> Terms.DEFAULT.offering(new OfferTerms(Sorter.DRF, Duration.ofMinutes(1), 1));

    /// Drawn for each reign.
    Terms terms(Chance chance);
}
