package io.meseta.platform.limits;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// From where principals have lately said what was right. Only right secrets make an entry, so no
/// stranger can push others out.
final class Acquaintances {

    private static final int PAIRS_MAX = 20_000;

    private final Duration life;
    private final ReentrantLock lock = new ReentrantLock();

    /// Until when; the one who came last is last.
    private final Map<String, Instant> until = new LinkedHashMap<>();

    Acquaintances(Duration life) {
        this.life = life;
    }

    boolean has(String pair, Instant now) {
        lock.lock();
        try {
            var end = until.get(pair);
            return end != null && now.isBefore(end);
        } finally {
            lock.unlock();
        }
    }

    void add(String pair, Instant now) {
        lock.lock();
        try {
            until.remove(pair);
            until.put(pair, now.plus(life));
            if (until.size() > PAIRS_MAX) {
                var oldest = until.keySet().iterator();
                oldest.next();
                oldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }
}
