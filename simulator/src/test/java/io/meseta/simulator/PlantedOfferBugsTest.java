package io.meseta.simulator;

import io.meseta.master.core.cluster.effect.Effect;
import io.meseta.master.core.cluster.effect.Effect.News;
import io.meseta.master.core.offer.OfferTerms;
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
                "stand for longer than",
                offering(told -> terms(told, Duration.ZERO, told.gangTimeout())));
    }

    @Test
    void findsAMasterThatTellsNobodyThatAnotherHasItsOffer() {
        finds("for offered to it, where", without(PlantedOfferBugsTest::isRescind));
    }

    @Test
    void findsAMasterThatNeverLetsGoWhatItHoldsForAGang() {
        finds(
                "something is held for gangs for longer than",
                offering(told -> terms(told, told.timeout(), Duration.ofDays(1))));
    }

    @Test
    void findsAMasterThatOffersAGangWhatItNeedsBitByBit() {
        finds(
                "is offered what it needs in",
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

    private static OfferTerms terms(OfferTerms told, Duration timeout, Duration gangTimeout) {
        return new OfferTerms(told.sorter(), timeout, told.outstandingMax(), gangTimeout);
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
