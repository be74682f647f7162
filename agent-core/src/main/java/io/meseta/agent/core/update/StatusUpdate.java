package io.meseta.agent.core.update;

import io.meseta.model.Opaque;
import io.meseta.model.TaskState;
import java.time.Instant;
import java.util.UUID;

/// One state that a task has reached. Sent unchanged however often it is sent.
///
/// @param wire the executor's wire message, if an executor said it; empty otherwise
public record StatusUpdate(UUID uuid, Instant at, TaskState state, Cause cause, Opaque wire) {

    /// What the agent itself has found out.
    public StatusUpdate(UUID uuid, Instant at, TaskState state, Cause cause) {
        this(uuid, at, state, cause, Opaque.EMPTY);
    }

    /// Whether an executor said it, which then waits to hear that it is kept.
    public boolean isOfExecutor() {
        return wire.size() > 0;
    }
}
