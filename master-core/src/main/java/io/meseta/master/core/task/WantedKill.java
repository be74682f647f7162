package io.meseta.master.core.task;

import io.meseta.model.Opaque;

/// That a task is to be killed.
///
/// @param order the number of the newest kill order to the agent
/// @param policy the `KillPolicy` as it came; empty for the task's own
public record WantedKill(long order, Opaque policy) {}
