package io.meseta.agent.core.task;

import java.util.Optional;

/// Whether anyone still waits for word of a task.
public sealed interface Interest {

    /// Its framework does.
    record Wanted() implements Interest {}

    /// Nobody will acknowledge its updates.
    record Abandoned() implements Interest {}

    /// Nobody, and another task of the same id waits for it to be gone: the framework was told that
    /// this one was lost, and has used the id again.
    ///
    /// @param order the number of the order that brought the other one
    /// @param doom how the other one ends before it begins; empty if it is to run
    record Succeeded(TaskSpec spec, long order, Optional<Ending> doom) implements Interest {}
}
