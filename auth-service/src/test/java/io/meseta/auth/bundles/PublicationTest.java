package io.meseta.auth.bundles;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.auth.bundles.Publication.Issue;
import io.meseta.auth.keys.KeyMaking;
import io.meseta.auth.keys.Purpose;
import io.meseta.auth.secrets.Seal;
import io.meseta.authorization.Groups;
import io.meseta.authorization.bundle.Bundle;
import io.meseta.authorization.bundle.SignedBundle;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class PublicationTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final PrivateKey KEY = key();

    private final Publication publication = new Publication(3);
    private final List<Long> served = new ArrayList<>();
    private final AtomicInteger ended = new AtomicInteger();

    private static PrivateKey key() {
        var making = new KeyMaking(Seal.passing());
        return making.open(making.make(Purpose.BUNDLE, NOW, NOW)).orElseThrow();
    }

    private static Issue issue(long version) {
        var bundle = Bundle.of(version, NOW, Map.of(), Groups.NONE);
        return new Issue(version, SignedBundle.sign(bundle, "k", KEY));
    }

    private boolean hold(long after) {
        return publication
                .hold(after, each -> served.add(each.version()), ended::incrementAndGet)
                .isPresent();
    }

    @Test
    void servesAtOnceWhoIsBehindAndLaterWhoIsNot() {
        publication.publish(issue(5));

        hold(4);
        hold(5);
        hold(9);
        assertThat(served).containsExactly(5L);
        publication.publish(issue(6));

        assertThat(served).containsExactly(5L, 6L);
        assertThat(publication.waitingCount()).isEqualTo(1);
    }

    @Test
    void neverGoesBack() {
        publication.publish(issue(5));
        publication.publish(issue(4));

        assertThat(publication.version()).isEqualTo(5);
    }

    @Test
    void holdsNoMoreThanItMay() {
        assertThat(List.of(hold(1), hold(1), hold(1), hold(1)))
                .containsExactly(true, true, true, false);
    }

    @Test
    void letsAllGoWhenItCloses() {
        hold(1);
        publication.close();
        hold(1);

        assertThat(ended).hasValue(2);
        assertThat(publication.waitingCount()).isZero();
    }

    @Test
    void losesNobodyWhoComesWhileItPublishes() throws Exception {
        int count = 2_000;
        var many = new Publication(count);
        var all = new CountDownLatch(count);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                var _ = threads.submit(() -> many.hold(0, _ -> all.countDown(), () -> {}));
                if (i == count / 2) many.publish(issue(1));
            }
        }

        assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(many.waitingCount()).isZero();
    }

    @Test
    void waitsForAVersionButNotForever() {
        publication.await(7, Duration.ofSeconds(30));
        publication.publish(issue(1));
        publication.await(1, Duration.ofSeconds(30));
        publication.await(2, Duration.ofMillis(10));

        assertThat(publication.waitingCount()).isZero();
    }
}
