package io.meseta.benchmarks.placements;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/// Has something happen so many times in a second, whatever becomes of what happened before.
///
/// Each time is due at a moment that is known beforehand, and is told it: whoever counts from there
/// leaves nothing out that was late because the one before it was.
public final class OpenLoop implements AutoCloseable {

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final Thread thread;

    private OpenLoop(int perSecond, LongConsumer due) {
        long gap = NANOS_PER_SECOND / perSecond;
        this.thread = Thread.ofPlatform().daemon().name("open-loop").unstarted(() -> run(gap, due));
    }

    /// @param due gets the time at which it is due, by [System#nanoTime]; it must not wait
    public static OpenLoop start(int perSecond, LongConsumer due) {
        var loop = new OpenLoop(perSecond, due);
        loop.thread.start();
        return loop;
    }

    private static void run(long gap, LongConsumer due) {
        for (long next = System.nanoTime() + gap; !Thread.interrupted(); next += gap) {
            for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
                if (Thread.currentThread().isInterrupted()) return;
                LockSupport.parkNanos(left);
            }
            due.accept(next);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
