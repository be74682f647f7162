package io.meseta.master.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.agent.AgentProfile;
import io.meseta.master.core.cluster.effect.Effect.News;
import io.meseta.master.play.Play;
import io.meseta.model.AgentCapability;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.Resource;
import io.meseta.model.ResourceKind;
import io.meseta.model.Resources;
import io.meseta.model.Scalar;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Resources that an agent gives away twice.
class OversubscriptionTest {

    private final Play play = new Play();

    private static AgentProfile agent(long revocable) {
        var kind =
                new ResourceKind(
                        "cpus", List.of(), Optional.empty(), true, false, Optional.empty());
        return new AgentProfile(
                "host",
                5051,
                Resources.parse("cpus:4;mem:1024")
                        .plus(Resources.of(new Resource(kind, Scalar.ofUnits(revocable)))),
                EnumSet.allOf(AgentCapability.class),
                "1",
                Opaque.EMPTY);
    }

    private FrameworkId framework(FrameworkCapability... capabilities) {
        return play.framework(Play.profile(Duration.ofMinutes(1), capabilities));
    }

    @Test
    void offersThemToWhoeverSaysThatItCanLoseThem() {
        play.greet(Optional.empty(), agent(2), 0);
        var firm = framework(FrameworkCapability.PARTITION_AWARE);

        assertThat(play.offer(firm).grant().resources()).hasToString("cpus:4; mem:1024");

        var capable =
                framework(
                        FrameworkCapability.PARTITION_AWARE,
                        FrameworkCapability.REVOCABLE_RESOURCES);
        assertThat(play.offer(capable).grant().resources()).hasToString("cpus{REV}:2");
    }

    @Test
    void takesThemBackWhenTheAgentGivesAwayLess() {
        var agent = play.greet(Optional.empty(), agent(2), 0);
        var capable =
                framework(
                        FrameworkCapability.PARTITION_AWARE,
                        FrameworkCapability.REVOCABLE_RESOURCES);
        var before = play.offer(capable);
        assertThat(before.grant().resources()).hasToString("cpus:4; cpus{REV}:2; mem:1024");

        play.greet(Optional.of(agent), agent(1), 0);

        assertThat(play.told(capable)).contains(new News.Rescinded(before.id()));
        assertThat(play.offer(capable).grant().resources())
                .hasToString("cpus:4; cpus{REV}:1; mem:1024");
    }
}
