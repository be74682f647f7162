package io.meseta.master.core.upkeep;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// That an agent is to be emptied.
///
/// @param graceMax no task gets longer to end; empty for as long as each task says
/// @param marksGone whether the agent is gone for good once it is empty
/// @param isDone whether nothing is left on it
public record Drain(Optional<Duration> graceMax, boolean marksGone, Instant since, boolean isDone) {

    public Drain {
        if (graceMax.isPresent() && graceMax.get().isNegative())
            throw new IllegalArgumentException("a grace is not negative");
    }

    public static Drain begun(Optional<Duration> graceMax, boolean marksGone, Instant at) {
        return new Drain(graceMax, marksGone, at, false);
    }

    Drain done() {
        return new Drain(graceMax, marksGone, since, true);
    }
}
