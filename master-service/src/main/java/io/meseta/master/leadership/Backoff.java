package io.meseta.master.leadership;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before the next attempt: twice as long after each failure, within bounds, and
/// less by chance, so that masters which failed together do not try together.
final class Backoff {

    private static final Duration MIN = Duration.ofMillis(50);
    private static final Duration MAX = Duration.ofSeconds(2);

    private final RandomGenerator random;
    private Duration next = MIN;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    Duration pause() {
        long nanos = next.toNanos();
        var doubled = next.multipliedBy(2);
        next = doubled.compareTo(MAX) > 0 ? MAX : doubled;
        return Duration.ofNanos(nanos / 2 + random.nextLong(nanos / 2));
    }

    void reset() {
        next = MIN;
    }
}
