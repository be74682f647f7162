package io.meseta.agent.logs;

import java.time.Duration;

/// When outputs are rotated, and what stays of them.
///
/// @param bytesMax of a file before it is rotated; 0 for never
/// @param filesMax of older pieces that are kept: `stdout.1` is the newest
/// @param isCompressing whether older pieces are gzipped
/// @param interval between two looks
public record LogSettings(long bytesMax, int filesMax, boolean isCompressing, Duration interval) {

    /// Below this a rotation would be all that a busy task does.
    private static final long BYTES_LEAST = 64 << 10;

    public LogSettings {
        if (bytesMax != 0 && bytesMax < BYTES_LEAST)
            throw new IllegalArgumentException("logs size-max must be 0, or 64 KB at least");
        if (filesMax < 1 || filesMax > 1000)
            throw new IllegalArgumentException("logs files-max must be 1 to 1000");
        if (!interval.isPositive())
            throw new IllegalArgumentException("logs interval must be positive");
    }
}
