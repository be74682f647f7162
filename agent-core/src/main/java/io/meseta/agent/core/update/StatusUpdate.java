package io.meseta.agent.core.update;

import io.meseta.model.TaskState;
import java.time.Instant;
import java.util.UUID;

/// One state that a task has reached. Sent unchanged however often it is sent.
public record StatusUpdate(UUID uuid, Instant at, TaskState state, Cause cause) {}
