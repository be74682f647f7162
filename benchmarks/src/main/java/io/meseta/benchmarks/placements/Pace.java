package io.meseta.benchmarks.placements;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Lets so many pass in a second, evenly.
final class Pace {

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final long gapNanos;
    private final AtomicLong next = new AtomicLong(System.nanoTime());

    /// @param perSecond how many; 0 if it does not matter
    Pace(int perSecond) {
        this.gapNanos = perSecond == 0 ? 0 : NANOS_PER_SECOND / perSecond;
    }

    /// Waits for its turn.
    void await() {
        if (gapNanos == 0) return;
        long now = System.nanoTime();
        // Turns that nobody took are lost: what follows a pause must not come in a burst.
        long turn = next.updateAndGet(last -> Math.max(last + gapNanos, now));
        for (long left = turn - now; left > 0; left = turn - System.nanoTime())
            LockSupport.parkNanos(left);
    }
}
