package io.meseta.master.events;

import java.time.Duration;

/// The bounds of one broadcast.
///
/// @param beatInterval how long a reader hears nothing at most
/// @param gatherMax for how long changes are put together before they are told
/// @param recentMax how many changes are kept for readers who come back
/// @param recentBytes the same, in bytes
/// @param outboxBytes what may wait for one reader
/// @param stallMax how long a reader may take nothing of what waits
public record BroadcastLimits(
        Duration beatInterval,
        Duration gatherMax,
        int recentMax,
        long recentBytes,
        int outboxBytes,
        Duration stallMax) {}
