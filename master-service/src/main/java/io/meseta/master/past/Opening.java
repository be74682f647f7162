package io.meseta.master.past;

import io.meseta.master.core.cluster.Cluster;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What came of the wish to see a past state.
public sealed interface Opening {

    /// There it is.
    ///
    /// @param sequence of its newest entry; 0 for the state before the first
    /// @param at when that was written; empty if it is not kept any more, or there is none
    record Opened(Cluster cluster, long sequence, Optional<Instant> at) implements Opening {}

    /// It is too long ago: the journal does not go back so far.
    ///
    /// @param oldest what can be opened at the earliest
    record TooOld(Bound oldest) implements Opening {}

    /// It has not come yet.
    ///
    /// @param newest what can be opened at the latest
    record TooNew(Bound newest) implements Opening {}

    /// Others are being served, or this one would take too long.
    record Busy(Duration pause) implements Opening {}

    /// One end of what can be opened.
    ///
    /// @param at empty if nobody knows
    record Bound(long sequence, Optional<Instant> at) {}
}
