package io.meseta.platform.streams;

import java.time.Duration;

/// How much may wait for one peer, and how long one write may wait for it.
///
/// `bytesMax` counts each waiting frame with its length and a little more for the place it takes.
/// `stallMax` is the longest time that a single write of at most 64 KiB may take.
public record OutboxLimits(int bytesMax, Duration stallMax) {

    /// Room for a burst of a busy framework; half a minute for a peer to come to itself.
    public static final OutboxLimits DEFAULT =
            new OutboxLimits(8 * 1024 * 1024, Duration.ofSeconds(30));

    public OutboxLimits {
        if (bytesMax <= 0) throw new IllegalArgumentException("bytesMax must be positive");
        if (!stallMax.isPositive()) throw new IllegalArgumentException("stallMax must be positive");
    }
}
