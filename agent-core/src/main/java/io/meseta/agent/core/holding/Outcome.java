package io.meseta.agent.core.holding;

import io.meseta.model.Opaque;
import io.meseta.model.OperationState;

/// How an operation ended, until the master says that it has heard.
///
/// @param order the number of the order to do it
/// @param state `OPERATION_PENDING` while the disk is still to follow
/// @param message why it was not done; empty if it was
/// @param about what the master says of the operation, to be shown; carried, and not read here
public record Outcome(long order, OperationState state, String message, Opaque about) {

    /// Of which nothing is to be shown.
    public Outcome(long order, OperationState state, String message) {
        this(order, state, message, Opaque.EMPTY);
    }

    /// It counts, and volumes are to be made or unmade.
    public static Outcome promised(long order, Opaque about) {
        return new Outcome(order, OperationState.OPERATION_PENDING, "", about);
    }

    public static Outcome finished(long order) {
        return new Outcome(order, OperationState.OPERATION_FINISHED, "");
    }

    public static Outcome dropped(long order, String why, Opaque about) {
        return new Outcome(order, OperationState.OPERATION_DROPPED, why, about);
    }

    /// Once the disk has followed.
    Outcome finished() {
        return new Outcome(order, OperationState.OPERATION_FINISHED, "", about);
    }

    public boolean isPending() {
        return !state.isTerminal();
    }
}
