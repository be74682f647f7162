package io.meseta.auth.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.auth.changes.Refusal;
import io.meseta.auth.changes.Refused;
import io.meseta.platform.limits.GuessLimits;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class AttemptsTest {

    private static final Duration TEN = Duration.ofSeconds(10);

    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private final Attempts attempts =
            new Attempts(
                    () -> now,
                    new GuessLimits.Rates(
                            new GuessLimits.Rate(2, TEN),
                            new GuessLimits.Rate(5, TEN),
                            new GuessLimits.Rate(3, TEN),
                            Duration.ofDays(1)));

    @Test
    void refusesAPrincipalAfterTooManyFailuresUntilOneIsForgotten() {
        for (int i = 0; i < 3; i++) fail("10.0.0." + i, "anna");

        assertThatThrownBy(() -> attempts.admit("10.0.0.9", "anna"))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused ->
                                assertThat(refused.refusal()).isInstanceOf(Refusal.TooOften.class));
        attempts.admit("10.0.0.9", "bert");
        now = now.plusSeconds(11);
        attempts.admit("10.0.0.9", "anna");
    }

    @Test
    void hearsAPrincipalWhereItHasBeenRight() {
        attempts.checking("10.0.0.9", "anna", () -> true);
        for (int i = 0; i < 3; i++) fail("10.0.0." + i, "anna");

        attempts.admit("10.0.0.9", "anna");
        assertThatThrownBy(() -> attempts.admit("10.0.0.8", "anna")).isInstanceOf(Refused.class);
    }

    @Test
    void refusesAnAddressWhoeverItSaysItIs() {
        for (int i = 0; i < 5; i++) fail("10.0.0.1", "user-" + i);

        assertThatThrownBy(() -> attempts.admit("10.0.0.1", "another")).isInstanceOf(Refused.class);
        attempts.admit("10.0.0.2", "another");
    }

    @Test
    void countsNothingButWrongSecrets() {
        for (int i = 0; i < 20; i++) {
            assertThat(attempts.checking("10.0.0.3", "carl", () -> true)).isTrue();
            assertThatThrownBy(() ->
                            attempts.checking(
                                    "10.0.0.3",
                                    "carl",
                                    () -> {
                                        throw Refused.invalid("something else");
                                    }))
                    .isInstanceOf(Refused.class);
        }
        attempts.admit("10.0.0.3", "carl");
    }

    private void fail(String address, String principal) {
        assertThatThrownBy(() ->
                        attempts.checking(
                                address,
                                principal,
                                () -> {
                                    throw new Refused(new Refusal.WrongSecret());
                                }))
                .isInstanceOf(Refused.class);
    }
}
