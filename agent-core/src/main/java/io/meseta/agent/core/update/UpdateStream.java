package io.meseta.agent.core.update;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/// A task's updates that the framework has not acknowledged, oldest first.
///
/// Only the first is outstanding: it is sent, and sent again with growing pauses, until its
/// acknowledgement comes; only then is the next one sent. So a framework never hears of a later
/// state before an earlier one.
///
/// @param sends how often the outstanding update has been sent
/// @param resendAt when it is due (again)
public record UpdateStream(PVector<StatusUpdate> waiting, int sends, Instant resendAt) {

    static final Duration PAUSE_MIN = Duration.ofSeconds(10);
    static final Duration PAUSE_MAX = Duration.ofMinutes(10);

    public static UpdateStream empty() {
        return new UpdateStream(TreePVector.empty(), 0, Instant.MIN);
    }

    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    public Optional<StatusUpdate> outstanding() {
        return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.get(0));
    }

    /// Whether the outstanding update is to be sent now.
    public boolean isDue(Instant now) {
        return !isEmpty() && !now.isBefore(resendAt);
    }

    public UpdateStream with(StatusUpdate update) {
        return new UpdateStream(waiting.plus(update), sends, resendAt);
    }

    /// The stream once the outstanding update has been sent at `at`.
    public UpdateStream sent(Instant at) {
        return new UpdateStream(waiting, sends + 1, at.plus(pauseAfter(sends + 1)));
    }

    /// The stream once the outstanding update is acknowledged: the next one is due at once.
    public UpdateStream acknowledged() {
        return new UpdateStream(waiting.minus(0), 0, Instant.MIN);
    }

    /// The stream as a new listener needs it: the outstanding update is due at once.
    public UpdateStream afresh() {
        return new UpdateStream(waiting, 0, Instant.MIN);
    }

    public boolean isOutstanding(UUID uuid) {
        return !isEmpty() && waiting.get(0).uuid().equals(uuid);
    }

    static Duration pauseAfter(int sends) {
        int doublings = Math.min(sends - 1, 10);
        var pause = PAUSE_MIN.multipliedBy(1L << doublings);
        return pause.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : pause;
    }
}
