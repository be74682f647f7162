package io.meseta.master.levels;

import io.meseta.master.core.reign.FeatureLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// For how long all masters have been able to read a level that is not active yet.
///
/// @param level the one that they could go on with
/// @param since when that was seen first by whoever leads
record Readiness(FeatureLevel level, Instant since) {

    /// The next look: another level, or none, begins anew.
    static Optional<Readiness> next(
            Optional<Readiness> before, Optional<FeatureLevel> possible, Instant now) {
        return possible.map(level ->
                before.filter(each -> each.level().equals(level))
                        .orElseGet(() -> new Readiness(level, now)));
    }

    /// When the level is to be raised without anybody's help.
    Instant due(Duration delay) {
        return since.plus(delay);
    }
}
