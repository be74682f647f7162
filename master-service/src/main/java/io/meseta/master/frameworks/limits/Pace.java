package io.meseta.master.frameworks.limits;

import java.time.Duration;
import java.util.OptionalLong;

/// Lets calls through one after another, no faster than it may.
final class Pace {

    private static final double NANOS_PER_SECOND = 1e9;

    private final long intervalNanos;
    private final OptionalLong capacity;

    /// When the next call may go through, on the monotonic clock.
    private long nextNanos;

    private boolean hasBegun;
    private long outstanding;

    Pace(LimitReading.Limit limit) {
        this.intervalNanos = (long) Math.max(1, NANOS_PER_SECOND / limit.perSecond());
        this.capacity = limit.capacity();
    }

    /// Whether a call may wait, and for how long.
    sealed interface Place {

        record After(Duration time) implements Place {}

        /// As many wait as may.
        record Full(long capacity) implements Place {}

        /// It would wait for longer than anyone listens.
        record TooLate(Duration time) implements Place {}
    }

    /// @param waitMax whoever would wait for longer is not let in
    synchronized Place enter(long nowNanos, Duration waitMax) {
        if (capacity.isPresent() && outstanding >= capacity.getAsLong())
            return new Place.Full(capacity.getAsLong());
        if (!hasBegun || nextNanos - nowNanos < 0) nextNanos = nowNanos;
        hasBegun = true;
        var wait = Duration.ofNanos(nextNanos - nowNanos);
        if (wait.compareTo(waitMax) > 0) return new Place.TooLate(wait);
        nextNanos += intervalNanos;
        outstanding++;
        return new Place.After(wait);
    }

    /// The call has been let through, or has given up.
    synchronized void leave() {
        outstanding--;
    }
}
