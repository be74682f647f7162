package io.meseta.platform.identity;

import static io.meseta.platform.testing.StandInBook.basic;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.authorization.SubjectKind;
import io.meseta.authorization.bundle.Verifier;
import io.meseta.platform.bundles.CurrentBundle;
import io.meseta.platform.testing.StandInBook;
import io.meseta.platform.testing.StandInKeys;
import io.meseta.testkit.FakeTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretsTest {

    private static final String HERE = "10.0.0.1";
    private static final StandInKeys KEYS = new StandInKeys("k1");

    private final FakeTime time = new FakeTime();
    private final StandInBook book =
            new StandInBook().add(SubjectKind.SERVICE_ACCOUNT, "marathon", "schedulers");
    private final CurrentBundle current = new CurrentBundle();
    private final Authenticator authenticator = new Authenticator(current, false, time);

    @BeforeEach
    void publish() {
        current.use(book.bundle(KEYS, time.instant())).orThrow();
    }

    @Test
    void areBelievedIfTheyFit() {
        assertThat(recognise(basic("marathon")))
                .isInstanceOfSatisfying(
                        Recognition.Known.class,
                        known -> {
                            assertThat(known.caller().principal()).isEqualTo("marathon");
                            assertThat(known.caller().subject().kind())
                                    .isEqualTo(SubjectKind.SERVICE_ACCOUNT);
                            assertThat(known.caller().toString()).doesNotContain("argon2");
                        });
    }

    @Test
    void areRefusedInOneWayWhetherNameOrSecretIsWrong() {
        assertThat(recognise(basic("marathon", "wrong")))
                .isInstanceOf(Recognition.Unknown.class)
                .isEqualTo(recognise(basic("nobody", "wrong")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic ",
                "Basic !!!",
                "Basic bm9jb2xvbg==",
                "Basic OnNlY3JldA==",
                "Basic //79/Q=="
            })
    void areRefusedIfTheyCannotBeRead(String header) {
        assertThat(recognise(header)).isInstanceOf(Recognition.Unknown.class);
    }

    @Test
    void fitOldAndNewWhileTheyAreExchanged() {
        book.verifier(
                "marathon",
                new Verifier(
                        SubjectKind.SERVICE_ACCOUNT,
                        List.of(StandInBook.hash("new"), StandInBook.hash("old"))));
        publish();

        assertThat(recognise(basic("marathon", "old"))).isInstanceOf(Recognition.Known.class);
        assertThat(recognise(basic("marathon", "new"))).isInstanceOf(Recognition.Known.class);
        assertThat(recognise(basic("marathon"))).isInstanceOf(Recognition.Unknown.class);
    }

    @Test
    void areForgottenWithTheNextBundle() {
        var caller = ((Recognition.Known) recognise(basic("marathon"))).caller();
        assertThat(authenticator.isStillGood(caller)).isTrue();

        book.remove("marathon");
        publish();

        assertThat(recognise(basic("marathon"))).isInstanceOf(Recognition.Unknown.class);
        assertThat(authenticator.isStillGood(caller)).isFalse();
    }

    @Test
    void openNothingForWhoIsLockedOut() {
        book.notBefore("marathon", time.instant().plus(Duration.ofDays(10_000)));
        publish();

        assertThat(recognise(basic("marathon"))).isInstanceOf(Recognition.Unknown.class);
    }

    @Test
    void mayBeGuessedOnlyAFewTimes() {
        for (int i = 0; i < 10; i++) {
            assertThat(recognise(basic("marathon", "wrong" + i)))
                    .isInstanceOf(Recognition.Unknown.class);
        }
        assertThat(recognise(basic("marathon", "wrong")))
                .isInstanceOfSatisfying(
                        Recognition.TooMany.class,
                        limited -> assertThat(limited.retryAfter()).isPositive());

        time.advance(Duration.ofSeconds(4));
        assertThat(recognise(basic("marathon"))).isInstanceOf(Recognition.Known.class);
    }

    @Test
    void areHeardFromWhereNobodyHasGuessed() {
        for (int i = 0; i < 10; i++) recognise(basic("marathon", "wrong" + i));
        assertThat(recognise(basic("marathon"))).isInstanceOf(Recognition.TooMany.class);

        assertThat(authenticator.recognise(basic("marathon"), "10.0.0.2"))
                .isInstanceOf(Recognition.Known.class);
    }

    @Test
    void mayNotBeTriedForManyNamesFromOneAddress() {
        for (int i = 0; i < 50; i++) recognise(basic("name" + i, "wrong"));

        assertThat(recognise(basic("another", "wrong"))).isInstanceOf(Recognition.TooMany.class);
        assertThat(authenticator.recognise(basic("marathon"), "10.0.0.2"))
                .isInstanceOf(Recognition.Known.class);
    }

    @Test
    void thatWereRightAMomentAgoAreNotLimited() {
        assertThat(recognise(basic("marathon"))).isInstanceOf(Recognition.Known.class);
        for (int i = 0; i < 11; i++) recognise(basic("marathon", "wrong" + i));

        assertThat(recognise(basic("marathon"))).isInstanceOf(Recognition.Known.class);

        time.advance(Duration.ofSeconds(31));
        assertThat(recognise(basic("marathon"))).isInstanceOf(Recognition.Known.class);
    }

    @Test
    void areNotLookedAtInOpenMode() {
        var open = new Authenticator(new CurrentBundle(), true, time);

        assertThat(open.recognise("Basic x", HERE)).isEqualTo(new Recognition.Known(Caller.OPEN));
    }

    private Recognition recognise(String header) {
        return authenticator.recognise(header, HERE);
    }
}
