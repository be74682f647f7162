package io.meseta.master.core.operation;

import io.meseta.model.AgentId;
import io.meseta.model.OperationId;
import io.meseta.model.OperationState;
import java.util.Optional;
import java.util.UUID;

/// What a framework hears of an operation.
///
/// @param message empty for nothing to add
/// @param uuid present if the framework must acknowledge it
public record OperationStatus(
        OperationId operation,
        OperationState state,
        String message,
        Optional<UUID> uuid,
        Optional<AgentId> agent) {

    /// It will not be done, and no agent has heard of it.
    public static OperationStatus error(OperationId operation, String message) {
        return new OperationStatus(
                operation,
                OperationState.OPERATION_ERROR,
                message,
                Optional.empty(),
                Optional.empty());
    }

    /// This status where nobody is to acknowledge it.
    public OperationStatus unreceipted() {
        return new OperationStatus(operation, state, message, Optional.empty(), agent);
    }
}
