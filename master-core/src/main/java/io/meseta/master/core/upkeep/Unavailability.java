package io.meseta.master.core.upkeep;

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
}
