package io.meseta.master.core.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.master.play.Play;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class FrameworkTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final FrameworkId ID = new FrameworkId("F1");

    @Test
    void hasItsOwnPatienceOrTheLeadersWhicheverIsLonger() {
        assertThat(registered(Duration.ofMinutes(9)).deadline())
                .contains(NOON.plus(Framework.TAKEOVER_GRACE));
        assertThat(registered(Duration.ofMinutes(11)).deadline())
                .contains(NOON.plus(Duration.ofMinutes(11)));
        assertThat(registered(Duration.ZERO).orphaned(NOON, Duration.ofSeconds(3)).deadline())
                .contains(NOON.plusSeconds(3));
    }

    @Test
    void isGoneAtNoTimeWhileItListens() {
        var listening = registered(Duration.ZERO).connected(new StreamId("s"), NOON);

        assertThat(listening.isConnected()).isTrue();
        assertThat(listening.deadline()).isEmpty();
        assertThat(listening.disconnected(NOON, NOON).isConnected()).isFalse();
        assertThat(listening.disconnected(NOON, NOON).stream()).isEmpty();
    }

    @Test
    void keepsWhoItIsWhateverElseItSaysLater() {
        var before = registered(Duration.ZERO);
        var other =
                new FrameworkProfile(
                        new FrameworkProfile.Identity("mallory", Optional.empty(), false),
                        "another name",
                        new TreeSet<>(Set.of(Play.DEV)),
                        Set.of(),
                        Duration.ofDays(1),
                        Opaque.EMPTY);

        var again = before.resubscribed(other, NOON.plusSeconds(9));
        var updated = before.updated(other);

        assertThat(again.profile().identity()).isEqualTo(before.profile().identity());
        assertThat(again.profile().name()).isEqualTo("another name");
        assertThat(again.registeredAt()).isEqualTo(NOON);
        assertThat(again.reregisteredAt()).isEqualTo(NOON.plusSeconds(9));
        assertThat(updated.profile()).isEqualTo(again.profile());
        assertThat(updated.reregisteredAt()).isEqualTo(NOON);
    }

    @Test
    void hasStreamsWithNamesOfSomeLength() {
        assertThat(new StreamId("x".repeat(128))).hasToString("x".repeat(128));
        assertThatThrownBy(() -> new StreamId("x".repeat(129)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new StreamId("")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Framework registered(Duration patience) {
        return Framework.registered(ID, Play.profile(patience), NOON);
    }
}
