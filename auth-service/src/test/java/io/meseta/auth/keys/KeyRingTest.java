package io.meseta.auth.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.auth.secrets.Seal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KeyRingTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration AFTERLIFE = Duration.ofMinutes(20);

    private final KeyMaking making = new KeyMaking(Seal.passing());
    private final SigningKey old = making.make(Purpose.TOKEN, NOW, NOW);
    private final SigningKey next = making.make(Purpose.TOKEN, NOW, NOW.plusSeconds(300));
    private final KeyRing ring = new KeyRing(List.of(next, old), AFTERLIFE);

    @Test
    void signsWithTheOldKeyUntilTheNewOneIsKnown() {
        assertThat(ring.signing(NOW)).contains(old);
        assertThat(ring.signing(NOW.plusSeconds(299))).contains(old);
        assertThat(ring.signing(NOW.plusSeconds(300))).contains(next);
    }

    @Test
    void believesAKeyBeforeItSignsAndAWhileAfter() {
        var last = NOW.plusSeconds(300).plus(AFTERLIFE);

        assertThat(ring.believed(NOW)).containsExactly(old, next);
        assertThat(ring.believed(last.minusSeconds(1))).containsExactly(old, next);
        assertThat(ring.believed(last)).containsExactly(next);
        assertThat(ring.over(last)).containsExactly(old);
    }

    @Test
    void hasNoneWithoutAKey() {
        var none = new KeyRing(List.of(), AFTERLIFE);

        assertThat(none.signing(NOW)).isEmpty();
        assertThat(none.believed(NOW)).isEmpty();
    }

    @Test
    void opensWhatItSealedAndNothingElse() {
        assertThat(making.open(old)).isPresent();
        assertThat(new KeyMaking(Seal.passing()).open(old)).isEmpty();
        assertThat(old.toString()).doesNotContain("sealed");
        assertThat(making.read("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", NOW))
                .isEmpty();
    }
}
