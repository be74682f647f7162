package io.meseta.master.core.reign;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.MasterId;
import io.meseta.model.OfferId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ReignTest {

    private static final Reign REIGN =
            Reign.NONE.followedBy(new Epoch(1), new MasterId("M"), Instant.EPOCH, Terms.DEFAULT);

    @Test
    void givesNoIdTwice() {
        var later = REIGN.withFramework().withAgent().withAgent().withOffer();

        assertThat(REIGN.nextFramework(0)).isEqualTo(new FrameworkId("M-0000"));
        assertThat(REIGN.nextAgent(0)).isEqualTo(new AgentId("M-S0"));
        assertThat(REIGN.nextOffer(0)).isEqualTo(new OfferId("M-O0"));
        assertThat(later.nextFramework(0)).isEqualTo(new FrameworkId("M-0001"));
        assertThat(later.nextAgent(0)).isEqualTo(new AgentId("M-S2"));
        assertThat(later.nextOffer(0)).isEqualTo(new OfferId("M-O1"));
    }

    @Test
    void passesOverIdsThatOthersHaveBroughtAlong() {
        var later = REIGN.withFramework().withAgent().withOffer();

        assertThat(later.nextFramework(2)).isEqualTo(new FrameworkId("M-0003"));
        assertThat(later.nextAgent(2)).isEqualTo(new AgentId("M-S3"));
        assertThat(later.nextOffer(2)).isEqualTo(new OfferId("M-O3"));
    }

    @Test
    void forgetsItsOffersAndNothingElse() {
        var later = REIGN.withFramework().withAgent().withOffer().withoutOffers();

        assertThat(later).isEqualTo(REIGN.withFramework().withAgent());
    }

    @Test
    void handsItsLevelOnAndNothingElse() {
        var level = new FeatureLevel(3);

        var next =
                REIGN.raisedTo(level)
                        .raisedTo(FeatureLevel.FIRST)
                        .withAgent()
                        .followedBy(new Epoch(2), new MasterId("N"), Instant.EPOCH, Terms.DEFAULT);

        assertThat(next.level()).isEqualTo(level);
        assertThat(next.nextAgent(0)).isEqualTo(new AgentId("N-S0"));
    }
}
