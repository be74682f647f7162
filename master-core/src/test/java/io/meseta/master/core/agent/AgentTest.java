package io.meseta.master.core.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.master.play.Play;
import io.meseta.model.AgentId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class AgentTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Agent AGENT =
            Agent.admitted(new AgentId("S1"), Play.agentWith("cpus:1"), NOON, 5);

    @Test
    void isGivenUpWhenItHasBeenSilentForTooLong() {
        var linked = AGENT.linked(new LinkId("l"), NOON);

        assertThat(AGENT.isLinked()).isFalse();
        assertThat(AGENT.deadline()).contains(NOON.plusSeconds(75));
        assertThat(linked.isLinked()).isTrue();
        assertThat(linked.deadline()).isEmpty();
        assertThat(AGENT.unreachable(NOON).isLinked()).isFalse();
        assertThat(AGENT.unreachable(NOON).deadline()).isEmpty();
    }

    @Test
    void hasTimeToFindANewLeaderUnlessItWasGivenUpBefore() {
        var grace = Duration.ofMinutes(10);

        assertThat(AGENT.linked(new LinkId("l"), NOON).orphaned(NOON, grace).deadline())
                .contains(NOON.plus(grace));
        assertThat(AGENT.unreachable(NOON).orphaned(NOON, grace).isUnreachable()).isTrue();
    }

    @Test
    void countsItsOrdersUpOnly() {
        assertThat(AGENT.ordered(4).lastOrder()).isEqualTo(5);
        assertThat(AGENT.ordered(6).lastOrder()).isEqualTo(6);
        assertThat(AGENT.returned(AGENT.profile(), NOON, 9).lastOrder()).isEqualTo(9);
        assertThat(AGENT.returned(AGENT.profile(), NOON, 2).lastOrder()).isEqualTo(5);
        assertThat(AGENT.operated(3).operated(2).operated()).isEqualTo(3);
    }

    @Test
    void hasLinksWithNamesOfSomeLength() {
        assertThat(new LinkId("x".repeat(128))).hasToString("x".repeat(128));
        assertThatThrownBy(() -> new LinkId("x".repeat(129)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LinkId("")).isInstanceOf(IllegalArgumentException.class);
    }
}
