package io.meseta.master.leadership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class WallMomentsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final AtomicReference<Instant> clock = new AtomicReference<>(NOON);
    private final WallMoments moments = new WallMoments(clock::get);

    @Test
    void doesNotGoBackWithTheClock() {
        moments.next();
        clock.set(NOON.minusSeconds(60));

        assertThat(moments.next().at()).isEqualTo(NOON);
    }

    @Test
    void isNeverBeforeWhatAnotherMasterHasWritten() {
        moments.notBefore(NOON.plusSeconds(5));

        assertThat(moments.next().at()).isEqualTo(NOON.plusSeconds(5));
        clock.set(NOON.plusSeconds(6));
        assertThat(moments.next().at()).isEqualTo(NOON.plusSeconds(6));
    }

    @Test
    void givesEachMomentASeedOfItsOwn() {
        assertThat(moments.next().seed()).isNotEqualTo(moments.next().seed());
    }
}
