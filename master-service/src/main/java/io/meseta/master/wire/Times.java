package io.meseta.master.wire;

import io.meseta.mesos.v1.TimeInfo;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Moments on the wire.
public final class Times {

    private static final double MICROS_PER_SECOND = 1e6;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private Times() {}

    /// Seconds since the epoch with six decimals, as many as Mesos prints.
    public static double seconds(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at) / MICROS_PER_SECOND;
    }

    public static TimeInfo info(Instant at) {
        return TimeInfo.newBuilder()
                .setNanoseconds(at.getEpochSecond() * NANOS_PER_SECOND + at.getNano())
                .build();
    }
}
