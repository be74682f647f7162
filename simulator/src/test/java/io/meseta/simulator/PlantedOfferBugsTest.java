package io.meseta.simulator;

import io.meseta.master.core.cluster.effect.Effect;
import io.meseta.master.core.cluster.effect.Effect.News;
import io.meseta.master.core.offer.OfferTerms;
import io.meseta.master.core.reign.Terms;
import io.meseta.master.engine.Committed;
import io.meseta.simulator.nodes.Workings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The simulator finds what is wrong with offers, where something is.
class PlantedOfferBugsTest {

    @Test
    void findsAMasterThatNeverTakesBackWhatNobodyAnswers() {
        PlantedBugsTest.finds(
                new Workings() {
                    @Override
                    public Terms terms(Terms told) {
                        var offers = told.offers();
                        return told.offering(
                                new OfferTerms(
                                        offers.sorter(), Duration.ZERO, offers.outstandingMax()));
                    }
                });
    }

    @Test
    void findsAMasterThatTellsNobodyThatAnotherHasItsOffer() {
        PlantedBugsTest.finds(
                new Workings() {
                    @Override
                    public List<Effect> effects(Committed committed) {
                        return committed.effects().stream()
                                .filter(effect -> !isRescind(effect))
                                .toList();
                    }
                });
    }

    private static boolean isRescind(Effect effect) {
        return effect instanceof Effect.TellFramework(_, _, News.Rescinded _);
    }
}
