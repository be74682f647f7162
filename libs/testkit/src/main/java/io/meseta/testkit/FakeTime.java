package io.meseta.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/// Time that moves only when a test says so: the wall clock and the monotonic one together.
public final class FakeTime implements InstantSource {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicLong elapsedNanos = new AtomicLong();

    @Override
    public Instant instant() {
        return START.plusNanos(elapsedNanos.get());
    }

    /// The monotonic clock, in nanoseconds since this time was made.
    public long nanos() {
        return elapsedNanos.get();
    }

    /// Moves time on. It never goes back.
    public void advance(Duration by) {
        if (by.isNegative()) throw new IllegalArgumentException("time does not go back: " + by);
        elapsedNanos.addAndGet(by.toNanos());
    }
}
