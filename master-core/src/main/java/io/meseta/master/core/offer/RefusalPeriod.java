package io.meseta.master.core.offer;

import java.time.Duration;
import java.util.OptionalDouble;

/// How long refused resources stay away from the framework that refused them.
public final class RefusalPeriod {

    /// What a framework that says nothing gets.
    public static final Duration DEFAULT = Duration.ofSeconds(5);

    /// No refusal lasts longer, whatever a framework says.
    public static final Duration MAX = Duration.ofDays(365);

    private static final double NANOS_PER_SECOND = 1e9;

    private RefusalPeriod() {}

    /// What `Filters.refuse_seconds` means: what is not a duration counts as not said.
    public static Duration ofWire(OptionalDouble refuseSeconds) {
        if (refuseSeconds.isEmpty()) return DEFAULT;
        double seconds = refuseSeconds.getAsDouble();
        if (Double.isNaN(seconds) || seconds < 0) return DEFAULT;
        if (seconds >= MAX.toSeconds()) return MAX;
        return Duration.ofNanos((long) (seconds * NANOS_PER_SECOND));
    }
}
