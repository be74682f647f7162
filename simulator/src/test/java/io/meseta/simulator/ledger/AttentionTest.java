package io.meseta.simulator.ledger;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.simulator.world.BrokenPromise;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AttentionTest {

    private final Attention attention = new Attention();

    @Test
    void givesALeaderTheTimeToNotice() {
        tick(Attention.TICKS_MAX - 1, Set.of("f on s1"));

        assertThatCode(() -> tick(5, Set.of("f on s2"))).doesNotThrowAnyException();
    }

    @Test
    void saysWhoIsBelievedToListenForTooLong() {
        tick(Attention.TICKS_MAX - 1, Set.of("f on s1", "a on l1"));

        assertThatThrownBy(() -> tick(1, Set.of("a on l1")))
                .isInstanceOf(BrokenPromise.class)
                .hasMessageContaining("a on l1");
    }

    private void tick(int times, Set<String> deaf) {
        for (int i = 0; i < times; i++) attention.ticked(deaf);
    }
}
