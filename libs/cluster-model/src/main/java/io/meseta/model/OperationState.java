package io.meseta.model;

/// Where an operation on resources stands, by the names that the wire gives.
public enum OperationState {
    OPERATION_UNSUPPORTED,
    OPERATION_PENDING,
    OPERATION_FINISHED,
    OPERATION_FAILED,
    OPERATION_ERROR,
    OPERATION_DROPPED,
    OPERATION_UNREACHABLE,
    OPERATION_GONE_BY_OPERATOR,
    OPERATION_RECOVERING,
    OPERATION_UNKNOWN;

    /// Whether no other state follows.
    public boolean isTerminal() {
        return switch (this) {
            case OPERATION_FINISHED,
                    OPERATION_FAILED,
                    OPERATION_ERROR,
                    OPERATION_DROPPED,
                    OPERATION_GONE_BY_OPERATOR ->
                    true;
            case OPERATION_UNSUPPORTED,
                    OPERATION_PENDING,
                    OPERATION_UNREACHABLE,
                    OPERATION_RECOVERING,
                    OPERATION_UNKNOWN ->
                    false;
        };
    }
}
