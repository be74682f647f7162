package io.meseta.simulator;

import io.meseta.master.core.cluster.effect.Effect;
import io.meseta.master.core.cluster.effect.Effect.News;
import io.meseta.master.core.offer.OfferTerms;
import io.meseta.master.core.reign.Terms;
import io.meseta.master.engine.Committed;
import io.meseta.simulator.nodes.Workings;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The simulator finds what is wrong with offers, where something is.
final class PlantedOfferBugsTest extends PlantedBug {

    /// Frameworks seldom keep an offer for so long that it takes many seeds.
    @Test
    @Tag("long")
    void findsAMasterThatNeverTakesBackWhatNobodyAnswers() {
        finds(
                new Workings() {
                    @Override
                    public Terms terms(Terms told) {
                        var offers = told.offers();
                        return told.offering(
                                new OfferTerms(
                                        offers.sorter(),
                                        Duration.ZERO,
                                        offers.outstandingMax(),
                                        offers.gangTimeout()));
                    }
                });
    }

    @Test
    void findsAMasterThatTellsNobodyThatAnotherHasItsOffer() {
        finds(
                new Workings() {
                    @Override
                    public List<Effect> effects(Committed committed) {
                        return committed.effects().stream()
                                .filter(effect -> !isRescind(effect))
                                .toList();
                    }
                });
    }

    @Test
    void findsAMasterThatNeverLetsGoWhatItHoldsForAGang() {
        finds(
                new Workings() {
                    @Override
                    public Terms terms(Terms told) {
                        var offers = told.offers();
                        return told.offering(
                                new OfferTerms(
                                        offers.sorter(),
                                        offers.timeout(),
                                        offers.outstandingMax(),
                                        Duration.ofDays(1)));
                    }
                });
    }

    @Test
    void findsAMasterThatOffersAGangWhatItNeedsBitByBit() {
        finds(
                new Workings() {
                    @Override
                    public Committed committed(Committed committed) {
                        var effects =
                                committed.effects().stream()
                                        .flatMap(PlantedOfferBugsTest::bits)
                                        .toList();
                        return new Committed(
                                committed.sequence(),
                                committed.before(),
                                committed.after(),
                                committed.answers(),
                                committed.events(),
                                effects);
                    }
                });
    }

    private static Stream<Effect> bits(Effect effect) {
        return effect
                        instanceof
                        Effect.TellFramework(var framework, var stream, News.Offered(var offers))
                ? offers.stream()
                        .map(offer ->
                                new Effect.TellFramework(
                                        framework, stream, new News.Offered(List.of(offer))))
                : Stream.of(effect);
    }

    private static boolean isRescind(Effect effect) {
        return effect instanceof Effect.TellFramework(_, _, News.Rescinded _);
    }
}
