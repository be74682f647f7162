package io.meseta.agent.core.task;

import io.meseta.model.ExecutorKey;
import java.util.Optional;
import java.util.UUID;

/// Who runs a task.
public sealed interface Home {

    /// The agent, as a process of its own.
    record Own() implements Home {}

    /// An executor that its framework has brought along: it alone knows what becomes of the task.
    ///
    /// @param container the executor's run
    /// @param isGrouped whether it was launched together with others, by the same order
    record Hosted(ExecutorKey executor, UUID container, boolean isGrouped) implements Home {}

    /// The agent, as a process of its own among those that were launched by the same order. When
    /// one of them fails, all are ended.
    ///
    /// @param container the run of the executor that they share
    record Grouped(ExecutorKey executor, UUID container) implements Home {}

    /// The run of the executor that the task belongs to.
    default Optional<UUID> executorRun() {
        return switch (this) {
            case Own() -> Optional.empty();
            case Hosted(_, var container, _) -> Optional.of(container);
            case Grouped(_, var container) -> Optional.of(container);
        };
    }

    /// The executor that the task belongs to.
    default Optional<ExecutorKey> executorKey() {
        return switch (this) {
            case Own() -> Optional.empty();
            case Hosted(var executor, _, _) -> Optional.of(executor);
            case Grouped(var executor, _) -> Optional.of(executor);
        };
    }
}
