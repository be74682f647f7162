package io.meseta.master.core.reign;

import java.util.Collection;
import java.util.Optional;

/// The levels that a build can read, from the oldest to the newest. The newest is also the highest
/// that it can write.
public record FeatureLevels(FeatureLevel oldest, FeatureLevel newest) {

    /// Those of this build. Raised by whoever adds to what is recorded: see
    /// `docs/guides/feature-levels.md`.
    public static final FeatureLevels BUILT =
            new FeatureLevels(FeatureLevel.FIRST, FeatureLevel.FIRST);

    public FeatureLevels {
        if (!newest.covers(oldest))
            throw new IllegalArgumentException("the newest level is below the oldest");
    }

    public boolean reads(FeatureLevel level) {
        return newest.covers(level) && level.covers(oldest);
    }

    /// The level that these masters could go on with.
    ///
    /// @param active the level they are at
    /// @param living what each master reads that is there
    /// @return the highest that all of them read; empty if that is no higher than the active one
    public static Optional<FeatureLevel> possible(
            FeatureLevel active, Collection<FeatureLevels> living) {
        return living.stream()
                .map(FeatureLevels::newest)
                .min(FeatureLevel::compareTo)
                .filter(level -> level.compareTo(active) > 0)
                .filter(level -> living.stream().allMatch(each -> each.reads(level)));
    }

    /// Why a journal at this level can't be read, and what would be right; empty if it can.
    public Optional<String> obstacle(FeatureLevel level) {
        if (reads(level)) return Optional.empty();
        var what =
                "the journal is at feature level %s, and this build reads levels %s to %s: run "
                        .formatted(level, oldest, newest);
        var right =
                newest.covers(level)
                        ? "an earlier build until it has raised the level to %s and saved a"
                                + " snapshot, and then this one"
                        : "a build that reads level %s, as those did that raised it";
        return Optional.of(what + right.formatted(newest.covers(level) ? oldest : level));
    }
}
