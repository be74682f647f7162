package io.meseta.platform.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OwnTokenTest {

    private static final Duration LIFE = Duration.ofMinutes(90);

    private Instant now = Instant.parse("2026-11-23T00:00:00Z");
    private final Source source = new Source();

    @Test
    void asksOnceForAsLongAsATokenIsYoung() {
        var own = own();

        assertThat(own.header()).contains("Bearer token-1");
        pass(Duration.ofMinutes(9));
        assertThat(own.header()).contains("Bearer token-1");
        pass(Duration.ofMinutes(2));
        assertThat(own.header()).contains("Bearer token-2");
    }

    @Test
    void goesOnWithAGoodTokenWhileNobodyAnswers() {
        var own = own();
        own.header();
        source.fault = Optional.of(CredentialFault.away("nobody", null));

        for (int minute = 0; minute < 89; minute++) {
            assertThat(own.header()).contains("Bearer token-1");
            pass(Duration.ofMinutes(1));
        }
    }

    @Test
    void doesNotWearOutTheAuthServiceWhileItsTokenIsGood() {
        var own = own();
        own.header();
        source.fault = Optional.of(CredentialFault.away("nobody", null));
        pass(Duration.ofMinutes(20));
        int before = source.asked;

        for (int second = 0; second < 60; second++) {
            own.header();
            pass(Duration.ofSeconds(1));
        }

        assertThat(source.asked - before).isBetween(3, 5);
        source.fault = Optional.empty();
        pass(Duration.ofSeconds(15));
        assertThat(own.header()).contains("Bearer token-2");
    }

    @Test
    void provesItselfOtherwiseOnceItsTokenIsOverAndNobodyIsThere() {
        source.substitute = Optional.of("Basic secret");
        var own = own();
        own.header();
        source.fault = Optional.of(CredentialFault.away("nobody", null));
        pass(LIFE);

        assertThat(own.header()).contains("Basic secret");
        source.fault = Optional.empty();
        pass(Duration.ofSeconds(20));
        assertThat(own.header()).contains("Bearer token-2");
    }

    @Test
    void doesNotProveItselfOtherwiseToWhomItIsRefusedBy() {
        source.substitute = Optional.of("Basic secret");
        source.fault = Optional.of(new CredentialFault("invalid_client"));
        var own = own();

        assertThatThrownBy(own::header)
                .isInstanceOf(CredentialFault.class)
                .hasMessage("invalid_client");
    }

    @Test
    void beginsWithWhatAnEarlierRunHasKept() {
        source.kept = Optional.of(new Grant("old", now.minusSeconds(60), now.plus(LIFE)));
        source.fault = Optional.of(CredentialFault.away("nobody", null));

        assertThat(own().header()).contains("Bearer old");
    }

    @Test
    void asksForAnotherWhenWhatWasKeptIsRefused() {
        source.kept = Optional.of(new Grant("old", now.minusSeconds(60), now.plus(LIFE)));
        var own = own();

        own.refused("Bearer old");

        assertThat(own.header()).contains("Bearer token-1");
    }

    @Test
    void keepsATokenAsALineThatItCanReadAgain() {
        var grant = new Grant("abc.def", now, now.plus(LIFE));

        assertThat(Grant.ofKept(grant.kept().strip())).contains(grant);
        for (var line :
                new String[] {"", "a b c", "1 2", "1 2 ", "1 2 3 4", "1 " + Long.MAX_VALUE + " x"})
            assertThat(Grant.ofKept(line)).as(line).isEmpty();
    }

    private OwnToken own() {
        return new OwnToken(source, () -> now);
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private final class Source implements TokenSource {

        private Optional<CredentialFault> fault = Optional.empty();
        private Optional<Grant> kept = Optional.empty();
        private Optional<String> substitute = Optional.empty();
        private int asked;
        private int given;

        @Override
        public Grant fetch() {
            asked++;
            if (fault.isPresent()) throw fault.get();
            return new Grant("token-" + ++given, now, now.plus(LIFE));
        }

        @Override
        public Optional<Grant> kept() {
            return kept;
        }

        @Override
        public Optional<String> substitute() {
            return substitute;
        }
    }
}
