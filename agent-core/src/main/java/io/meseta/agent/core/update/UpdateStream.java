package io.meseta.agent.core.update;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
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
/// @param said the last updates that an executor has said, acknowledged or not, oldest first: it
///   says them again when it does not hear that they are kept
public record UpdateStream(
        PVector<StatusUpdate> waiting, int sends, Instant resendAt, PVector<UUID> said) {

    /// More than an executor has reason to say again.
    static final int SAID_MAX = 64;

    static final Duration PAUSE_MIN = Duration.ofSeconds(10);
    static final Duration PAUSE_MAX = Duration.ofMinutes(10);

    public static UpdateStream empty() {
        return new UpdateStream(TreePVector.empty(), 0, Instant.MIN, TreePVector.empty());
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
        return new UpdateStream(
                waiting.plus(update),
                sends,
                resendAt,
                update.isOfExecutor() ? saying(update.uuid()) : said);
    }

    /// The stream as it remembers these, oldest first.
    public UpdateStream remembering(Collection<UUID> uuids) {
        return new UpdateStream(waiting, sends, resendAt, TreePVector.from(uuids));
    }

    private PVector<UUID> saying(UUID uuid) {
        var more = said.plus(uuid);
        return more.size() > SAID_MAX ? more.minus(0) : more;
    }

    /// Whether an executor has said this one before.
    public boolean hasHeard(UUID uuid) {
        return said.contains(uuid);
    }

    /// The stream once the outstanding update has been sent at `at`.
    public UpdateStream sent(Instant at) {
        return new UpdateStream(waiting, sends + 1, at.plus(pauseAfter(sends + 1)), said);
    }

    /// The stream once the outstanding update is acknowledged: the next one is due at once.
    public UpdateStream acknowledged() {
        return new UpdateStream(waiting.minus(0), 0, Instant.MIN, said);
    }

    /// The stream as a new listener needs it: the outstanding update is due at once.
    public UpdateStream afresh() {
        return new UpdateStream(waiting, 0, Instant.MIN, said);
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
