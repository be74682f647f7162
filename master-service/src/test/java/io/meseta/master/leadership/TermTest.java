package io.meseta.master.leadership;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.reign.Epoch;
import io.meseta.testkit.FakeTime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class TermTest {

    private static final Duration LENGTH = Duration.ofSeconds(3);

    private final FakeTime time = new FakeTime();
    private final AtomicInteger endings = new AtomicInteger();
    private final Term term =
            new Term(new Epoch(1), time::nanos, LENGTH, time.nanos(), endings::incrementAndGet);

    @Test
    void endsAMarginBeforeTheLease() {
        time.advance(Duration.ofMillis(2_699));
        assertThat(term.holds()).isTrue();

        time.advance(Duration.ofMillis(1));

        assertThat(term.holds()).isFalse();
    }

    @Test
    void countsFromBeforeTheRenewalWasSent() {
        long sent = time.nanos();
        time.advance(Duration.ofSeconds(2));
        term.renewed(sent);

        time.advance(Duration.ofMillis(700));

        assertThat(term.holds()).isFalse();
    }

    @Test
    void holdsOnAfterARenewal() {
        time.advance(Duration.ofSeconds(2));
        term.renewed(time.nanos());

        time.advance(Duration.ofSeconds(2));

        assertThat(term.holds()).isTrue();
    }

    @Test
    void endsOnceAndForTheFirstReason() {
        term.end("first");
        term.end("second");
        term.renewed(time.nanos());

        assertThat(term.holds()).isFalse();
        assertThat(term.reason()).isEqualTo("first");
        assertThat(endings).hasValue(1);
    }
}
