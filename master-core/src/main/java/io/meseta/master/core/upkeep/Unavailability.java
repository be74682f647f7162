package io.meseta.master.core.upkeep;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/// When machines will be away.
///
/// @param startNanos since 1970
/// @param durationNanos empty for "until further notice"
public record Unavailability(long startNanos, OptionalLong durationNanos) {

    public Unavailability {
        if (durationNanos.isPresent() && durationNanos.getAsLong() < 0)
            throw new IllegalArgumentException("a duration is not negative");
    }

    /// Whether it begins no later than so long after that moment, and is not over at that moment.
    public boolean isNear(Instant at, Duration horizon) {
        // Any number of nanoseconds is within the calendar.
        var start = Instant.EPOCH.plusNanos(startNanos);
        if (start.isAfter(at.plus(horizon))) return false;
        return durationNanos.isEmpty() || start.plusNanos(durationNanos.getAsLong()).isAfter(at);
    }
}
