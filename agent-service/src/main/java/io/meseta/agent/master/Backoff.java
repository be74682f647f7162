package io.meseta.agent.master;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// Pauses that double up to a limit, each cut at random so that a cluster's agents do not come back
/// all at once.
final class Backoff {

    private final Duration min;
    private final Duration max;
    private final RandomGenerator random;
    private int failures;

    Backoff(Duration min, Duration max, RandomGenerator random) {
        this.min = min;
        this.max = max;
        this.random = random;
    }

    /// The next pause: between half and all of what is due.
    Duration next() {
        long due = Math.min(max.toMillis(), min.toMillis() << Math.min(failures, 20));
        failures++;
        return Duration.ofMillis(due / 2 + random.nextLong(due / 2 + 1));
    }

    /// Whether there was a pause since the last success.
    boolean hasBegun() {
        return failures > 0;
    }

    void reset() {
        failures = 0;
    }
}
