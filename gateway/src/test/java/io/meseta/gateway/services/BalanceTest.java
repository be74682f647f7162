package io.meseta.gateway.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.gateway.forwarding.Upstream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class BalanceTest {

    private final Upstream one = Upstream.http("one", 80);
    private final Upstream two = Upstream.http("two", 80);
    private final List<Upstream> both = List.of(one, two);

    @Test
    void keepsTheCallsUnderWayEven() {
        var balance = new Balance(Duration.ofMinutes(1));
        var counts = new HashMap<Upstream, Integer>();

        for (int call = 0; call < 1000; call++) {
            counts.merge(balance.pick(both, Set.of()).orElseThrow(), 1, Integer::sum);
        }

        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(400, 600));
    }

    @Test
    void passesOverOneThatRefused() {
        var balance = new Balance(Duration.ofMinutes(1));
        balance.refused(one);

        for (int call = 0; call < 100; call++) {
            assertThat(balance.pick(both, Set.of())).contains(two);
        }
    }

    @Test
    void picksOneThatRefusedIfThereIsNoOther() {
        var balance = new Balance(Duration.ofMinutes(1));
        balance.refused(one);
        balance.refused(two);

        assertThat(balance.pick(both, Set.of(two))).contains(one);
        assertThat(balance.pick(both, Set.of(one, two))).isEmpty();
    }

    @Test
    void forgetsWhatIsNoMore() {
        var balance = new Balance(Duration.ofMinutes(1));
        balance.refused(one);
        balance.pick(List.of(two), Set.of());

        balance.keepOnly(Set.of());
        assertThat(balance.size()).isEqualTo(1);

        balance.done(two);
        balance.keepOnly(Set.of());
        assertThat(balance.size()).isZero();
    }
}
