package io.meseta.platform.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.platform.limits.GuessLimits.Rate;
import io.meseta.platform.limits.GuessLimits.Rates;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class GuessLimitsTest {

    private static final Duration TEN = Duration.ofSeconds(10);
    private static final String HOME = "10.0.0.1";
    private static final String ELSEWHERE = "10.9.9.9";

    private final GuessLimits limits =
            new GuessLimits(
                    new Rates(
                            new Rate(3, TEN),
                            new Rate(6, TEN),
                            new Rate(8, TEN),
                            TEN.multipliedBy(60)));
    private Instant now = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void keepWhoGuessesWaitingAndNobodyElse() {
        fail("anna", ELSEWHERE, 3);

        assertThat(limits.wait("anna", ELSEWHERE, now)).hasValue(TEN);
        assertThat(limits.wait("anna", HOME, now)).isEmpty();
        assertThat(limits.wait("bert", ELSEWHERE, now)).isEmpty();
        now = now.plus(TEN);
        assertThat(limits.wait("anna", ELSEWHERE, now)).isEmpty();
    }

    @Test
    void keepAnAddressWaitingWhoeverItSaysItIs() {
        for (int i = 0; i < 6; i++) fail("user-" + i, ELSEWHERE, 1);

        assertThat(limits.wait("another", ELSEWHERE, now)).isPresent();
        assertThat(limits.wait("", ELSEWHERE, now)).isPresent();
        assertThat(limits.wait("another", HOME, now)).isEmpty();
    }

    @Test
    void boundHowOftenACrowdGuesses() {
        for (int i = 0; i < 8; i++) fail("anna", "10.1.0." + i, 1);

        assertThat(limits.wait("anna", "10.1.1.1", now)).isPresent();
        assertThat(limits.wait("bert", "10.1.1.1", now)).isEmpty();
    }

    @Test
    void hearAPrincipalWhereItHasLatelyBeenRightWhateverTheCrowdDoes() {
        limits.succeeded("anna", HOME, now);
        for (int i = 0; i < 20; i++) fail("anna", "10.1.0." + i, 3);
        fail("bert", HOME, 6);

        assertThat(limits.wait("anna", HOME, now)).isEmpty();
        assertThat(limits.wait("carl", HOME, now)).isPresent();

        fail("anna", HOME, 3);
        assertThat(limits.wait("anna", HOME, now)).isPresent();
    }

    @Test
    void forgetWhoHasNotComeForLong() {
        limits.succeeded("anna", HOME, now);
        now = now.plus(TEN.multipliedBy(60));
        for (int i = 0; i < 8; i++) fail("anna", "10.1.0." + i, 1);

        assertThat(limits.wait("anna", HOME, now)).isPresent();
    }

    @Test
    void takeANetworkOfIPv6ForOneAddress() {
        fail("anna", "2001:db8:1:2::1", 3);

        assertThat(limits.wait("anna", "2001:db8:1:2:ffff::9", now)).isPresent();
        assertThat(limits.wait("anna", "2001:db8:1:3::1", now)).isEmpty();
    }

    private void fail(String principal, String address, int times) {
        for (int i = 0; i < times; i++) limits.failed(principal, address, now);
    }
}
