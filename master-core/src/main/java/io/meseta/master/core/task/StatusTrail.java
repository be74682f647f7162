package io.meseta.master.core.task;

import io.meseta.model.TaskState;
import java.util.Optional;
import java.util.UUID;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/// The statuses of one task in the order in which they came.
///
/// @param changes one per change of state, oldest first
/// @param pending the newest that the framework has not acknowledged; an agent sends the next one
///   only after that
/// @param acknowledged the newest that it has acknowledged. Not durable: after a takeover an agent
///   may send it once more, and the framework will acknowledge it once more.
public record StatusTrail(
        PVector<Status> changes, Optional<Status> pending, Optional<UUID> acknowledged) {

    /// More changes than any real task has; a task that flaps for ever keeps its newest ones.
    static final int CHANGES_MAX = 64;

    public static final StatusTrail EMPTY =
            new StatusTrail(TreePVector.empty(), Optional.empty(), Optional.empty());

    public Optional<Status> last() {
        return changes.isEmpty() ? Optional.empty() : Optional.of(changes.getLast());
    }

    /// The state that the framework was last told.
    public TaskState told() {
        return last().map(Status::state).orElse(TaskState.TASK_STAGING);
    }

    boolean isPending(UUID uuid) {
        return pending.flatMap(Status::uuid).filter(uuid::equals).isPresent();
    }

    boolean isPast(UUID uuid) {
        if (isPending(uuid)) return false;
        if (acknowledged.filter(uuid::equals).isPresent()) return true;
        return changes.stream().anyMatch(status -> status.uuid().filter(uuid::equals).isPresent());
    }

    StatusTrail received(Status status) {
        var waiting = status.uuid().isPresent() ? Optional.of(status) : pending;
        return new StatusTrail(appended(status), waiting, acknowledged);
    }

    StatusTrail acknowledged(UUID uuid) {
        return new StatusTrail(changes, Optional.empty(), Optional.of(uuid));
    }

    StatusTrail unacknowledged() {
        return of(changes);
    }

    /// The trail of a task that is over: whatever comes of it now has come before.
    StatusTrail settled() {
        return new StatusTrail(
                changes, Optional.empty(), wantingReceipt(changes).flatMap(Status::uuid));
    }

    /// The trail of these changes if nothing is known of acknowledgements: the newest status that
    /// wants one may have none.
    public static StatusTrail of(PVector<Status> changes) {
        return new StatusTrail(changes, wantingReceipt(changes), Optional.empty());
    }

    private static Optional<Status> wantingReceipt(PVector<Status> changes) {
        for (int i = changes.size() - 1; i >= 0; i--)
            if (changes.get(i).uuid().isPresent()) return Optional.of(changes.get(i));
        return Optional.empty();
    }

    /// A status in the state of the last one takes its place: check results and health may repeat
    /// without end.
    private PVector<Status> appended(Status status) {
        if (!changes.isEmpty() && changes.getLast().state() == status.state())
            return changes.with(changes.size() - 1, status);
        var longer = changes.plus(status);
        return longer.size() > CHANGES_MAX ? longer.minus(0) : longer;
    }
}
