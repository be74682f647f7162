package io.meseta.master.leadership;

import io.meseta.master.core.reign.Epoch;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/// One holding of the lease, from when it was obtained until its time is up or it is ended.
///
/// Its time is counted on the monotonic clock from *before* the renewal was sent: the database
/// began to count later, so it gives the lease to nobody else before we have stopped. A margin pays
/// for two clocks that do not run at quite the same speed.
final class Term {

    private static final int MARGIN_PART = 10;

    private final Epoch epoch;
    private final LongSupplier nanoTime;
    private final long lengthNanos;
    private final Runnable ended;
    private final AtomicReference<Optional<String>> end = new AtomicReference<>(Optional.empty());
    private volatile long untilNanos;

    /// @param length of the lease
    /// @param sentNanos when it was asked for
    /// @param ended called once, by whoever ends it
    Term(Epoch epoch, LongSupplier nanoTime, Duration length, long sentNanos, Runnable ended) {
        this.epoch = epoch;
        this.nanoTime = nanoTime;
        this.lengthNanos = length.minus(length.dividedBy(MARGIN_PART)).toNanos();
        this.ended = ended;
        this.untilNanos = sentNanos + lengthNanos;
    }

    Epoch epoch() {
        return epoch;
    }

    /// Whether this master may write, or say that it leads. Never waits.
    boolean holds() {
        return end.get().isEmpty() && remainingNanos() > 0;
    }

    /// How long it still holds; not positive if it does not.
    long remainingNanos() {
        return untilNanos - nanoTime.getAsLong();
    }

    /// @param sentNanos when the renewal was sent
    void renewed(long sentNanos) {
        untilNanos = sentNanos + lengthNanos;
    }

    /// Ends it for good. The first reason counts.
    void end(String reason) {
        if (end.compareAndSet(Optional.empty(), Optional.of(reason))) ended.run();
    }

    /// Why it does not hold any more.
    String reason() {
        return end.get().orElse("the lease was not renewed in time");
    }

    boolean isEnded() {
        return end.get().isPresent();
    }
}
