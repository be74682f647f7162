package io.meseta.master.core.task;

import java.time.Instant;

/// A task whose end has been acknowledged, kept for those who ask.
public record CompletedTask(Task task, Instant completedAt) {}
