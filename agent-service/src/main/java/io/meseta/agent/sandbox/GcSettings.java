package io.meseta.agent.sandbox;

import java.time.Duration;

/// How long sandboxes outlive their tasks.
///
/// @param delay on an empty disk
/// @param headroom the share of the disk, 0 to 1, that counts as full
/// @param interval between two looks
public record GcSettings(Duration delay, double headroom, Duration interval) {

    public GcSettings {
        if (delay.isNegative()) throw new IllegalArgumentException("gc-delay is negative");
        if (!(headroom >= 0 && headroom <= 1)) {
            throw new IllegalArgumentException("gc-disk-headroom must be between 0 and 1");
        }
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("disk-watch-interval must be positive");
        }
    }

    /// How old a sandbox may grow while `usage`, 0 to 1, of the disk is used.
    Duration ageMax(double usage) {
        double share = Math.max(0, 1 - headroom - usage);
        return Duration.ofMillis((long) (delay.toMillis() * share));
    }
}
