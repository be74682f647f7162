package io.meseta.master.core.task;

import io.meseta.model.Opaque;
import io.meseta.model.TaskState;
import io.meseta.model.status.StatusReason;
import io.meseta.model.status.StatusSource;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// One status of one task.
///
/// @param uuid present if the framework must acknowledge it
/// @param wire the agent's `TaskStatus` as it came; empty if the master made this one
public record Status(
        TaskState state, Origin origin, String message, Optional<UUID> uuid, Opaque wire) {

    /// Who says so, why, and since when.
    public record Origin(StatusSource source, Optional<StatusReason> reason, Instant at) {}

    /// A status made by the master. Nobody acknowledges it and it is not sent twice.
    public static Status byMaster(
            TaskState state, StatusReason reason, String message, Instant at) {
        var origin = new Origin(StatusSource.MASTER, Optional.of(reason), at);
        return new Status(state, origin, message, Optional.empty(), Opaque.EMPTY);
    }

    /// This status in another word for the state, for those who do not know the true one.
    public Status as(TaskState state) {
        return new Status(state, origin, message, uuid, wire);
    }

    /// This status with another reason, said before what it says itself.
    public Status because(StatusReason reason, String words) {
        var why = new Origin(origin.source(), Optional.of(reason), origin.at());
        var said = message.isEmpty() ? words : words + ". " + message;
        return new Status(state, why, said, uuid, wire);
    }

    public Instant at() {
        return origin.at();
    }

    public boolean isTerminal() {
        return state.isTerminal();
    }
}
