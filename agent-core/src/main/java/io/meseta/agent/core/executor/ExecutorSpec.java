package io.meseta.agent.core.executor;

import io.meseta.model.ExecutorKey;
import io.meseta.model.Opaque;
import java.time.Duration;

/// What was ordered of an executor: the few facts that decisions need, and the rest as it came.
///
/// @param patience from the word that it shall end to the signal that it can't refuse
/// @param registerWithin how long it may take from its start to its first word
/// @param framework the framework's wire message
/// @param wire the executor's wire message
public record ExecutorSpec(
        ExecutorKey key,
        Kind kind,
        Duration patience,
        Duration registerWithin,
        Opaque framework,
        Opaque wire) {

    /// Who does an executor's work.
    public enum Kind {
        /// A process that the framework has brought along.
        CUSTOM,
        /// The agent itself.
        BUILT_IN
    }

    public ExecutorSpec {
        if (patience.isNegative() || registerWithin.isNegative())
            throw new IllegalArgumentException("negative patience");
    }
}
