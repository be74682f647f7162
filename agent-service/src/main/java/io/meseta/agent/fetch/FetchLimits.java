package io.meseta.agent.fetch;

import java.time.Duration;

/// What one task may fetch.
///
/// @param bytesMax of all files as they lie in the sandbox, archives and what came out of them
/// @param entriesMax of all archives together
/// @param stall the longest silence of a server
/// @param total the longest time for everything
public record FetchLimits(long bytesMax, int entriesMax, Duration stall, Duration total) {

    public FetchLimits {
        if (bytesMax <= 0) throw new IllegalArgumentException("fetch bytes-max must be positive");
        if (entriesMax <= 0)
            throw new IllegalArgumentException("fetch entries-max must be positive");
        if (!stall.isPositive()) throw new IllegalArgumentException("fetch stall must be positive");
        if (!total.isPositive()) throw new IllegalArgumentException("fetch total must be positive");
    }
}
