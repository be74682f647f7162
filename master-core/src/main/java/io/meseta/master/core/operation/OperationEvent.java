package io.meseta.master.core.operation;

import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.OperationState;
import java.time.Instant;
import java.util.Optional;

/// What can happen to an operation on resources.
public sealed interface OperationEvent {

    /// The cluster has promised to do it; from now on the agent's resources are what it makes of
    /// them.
    ///
    /// @param owner empty if an operator wants it
    record OperationOrdered(
            OperationKey key, OperationSpec spec, Optional<OperationOwner> owner, Instant at)
            implements OperationEvent {}

    /// The agent has said how it ended, or it is known that the agent will never do it.
    record OperationEnded(OperationKey key, OperationState state, String message, Instant at)
            implements OperationEvent {}

    /// The framework has acknowledged its end: nobody needs to know of it any more.
    record OperationAcknowledged(OperationKey key) implements OperationEvent {}

    /// The framework is told once more how it ended. Passing.
    record OperationRepeated(OperationKey key, Instant at) implements OperationEvent {}

    /// The framework is told something about an operation that does not change it: an answer to a
    /// question, or that it was refused, in which case there is none. Passing.
    record OperationAnswered(FrameworkId framework, OperationStatus status)
            implements OperationEvent {}

    /// The agent says how an operation ended of which nothing is left to be known; it may forget
    /// it. Passing.
    record StrayEnded(AgentId agent, long order) implements OperationEvent {}

    default boolean isRecorded() {
        return switch (this) {
            case OperationOrdered _, OperationEnded _, OperationAcknowledged _ -> true;
            case OperationRepeated _, OperationAnswered _, StrayEnded _ -> false;
        };
    }
}
