package io.meseta.platform.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// How many wrong secrets may come from an address, or for a principal: some at once, then one in a
/// while.
final class AttemptLimits {

    private static final int KEYS_MAX = 10_000;

    private final int burst;
    private final Duration oneIn;
    private final ReentrantLock lock = new ReentrantLock();

    /// From each key to when its last failure will have been forgotten; oldest first.
    private final Map<String, Instant> forgottenAt = new LinkedHashMap<>();

    /// @param burst failures that may come at once
    /// @param oneIn how long it takes until one is forgotten
    AttemptLimits(int burst, Duration oneIn) {
        this.burst = burst;
        this.oneIn = oneIn;
    }

    /// How long `key` must wait before its next attempt; empty if it need not.
    Optional<Duration> wait(String key, Instant now) {
        lock.lock();
        try {
            var until = forgottenAt.get(key);
            if (until == null) return Optional.empty();
            var over = Duration.between(now, until).minus(oneIn.multipliedBy(burst - 1L));
            return over.isPositive() ? Optional.of(over) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    void failed(String key, Instant now) {
        lock.lock();
        try {
            var until = forgottenAt.remove(key);
            var from = until == null || until.isBefore(now) ? now : until;
            forgottenAt.put(key, from.plus(oneIn));
            if (forgottenAt.size() > KEYS_MAX) {
                var oldest = forgottenAt.keySet().iterator();
                oldest.next();
                oldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }
}
