package io.meseta.benchmarks.takeover;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/// Waits until something is so, which takes a large cluster a while.
final class Waiting {

    private static final Duration WAIT_MAX = Duration.ofMinutes(5);

    private Waiting() {}

    static void await(String what, BooleanSupplier isTrue)
            throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + WAIT_MAX.toNanos();
        while (!isTrue.getAsBoolean()) {
            if (System.nanoTime() > deadline)
                throw new TimeoutException("not within " + WAIT_MAX.toSeconds() + " s: " + what);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    /// The wall clock's time at which something has become true.
    static long when(String what, BooleanSupplier isTrue)
            throws InterruptedException, TimeoutException {
        await(what, isTrue);
        return System.currentTimeMillis();
    }
}
