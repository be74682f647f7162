package io.meseta.platform.limits;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// Failures by key: some may come at once, then one in a while. Full, it forgets the key that has
/// failed the longest ago; to fill it takes more hashes than a machine computes meanwhile.
final class Bucket {

    private static final int KEYS_MAX = 20_000;

    private final GuessLimits.Rate rate;
    private final ReentrantLock lock = new ReentrantLock();

    /// From each key to when its last failure will have been forgotten; oldest first.
    private final Map<String, Instant> forgottenAt = new LinkedHashMap<>();

    Bucket(GuessLimits.Rate rate) {
        this.rate = rate;
    }

    /// How long `key` must wait before its next attempt; zero or less if it need not.
    Duration wait(String key, Instant now) {
        lock.lock();
        try {
            var until = forgottenAt.getOrDefault(key, now);
            return Duration.between(now, until)
                    .minus(rate.oneIn().multipliedBy(rate.atOnce() - 1L));
        } finally {
            lock.unlock();
        }
    }

    void failed(String key, Instant now) {
        lock.lock();
        try {
            var until = forgottenAt.remove(key);
            var from = until == null || until.isBefore(now) ? now : until;
            forgottenAt.put(key, from.plus(rate.oneIn()));
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
