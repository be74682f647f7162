package io.meseta.master.core.task;

import io.meseta.model.ExecutorId;
import java.util.Optional;

/// What a task is part of on its agent.
public sealed interface Home {

    /// Nothing: a command that is run for itself.
    record Own() implements Home {}

    /// An executor.
    ///
    /// @param isGrouped whether it was launched together with others, by the same order
    record In(ExecutorId executor, boolean isGrouped) implements Home {}

    default Optional<ExecutorId> executorId() {
        return this instanceof In(var executor, _) ? Optional.of(executor) : Optional.empty();
    }

    default boolean isGroup() {
        return this instanceof In(_, var isGrouped) && isGrouped;
    }
}
