package io.meseta.agent.core.holding;

import io.meseta.model.OperationState;

/// How an operation ended, until the master says that it has heard.
///
/// @param order the number of the order to do it
/// @param state `OPERATION_PENDING` while the disk is still to follow
/// @param message why it was not done; empty if it was
public record Outcome(long order, OperationState state, String message) {

    /// It counts, and volumes are to be made or unmade.
    public static Outcome promised(long order) {
        return new Outcome(order, OperationState.OPERATION_PENDING, "");
    }

    public static Outcome finished(long order) {
        return new Outcome(order, OperationState.OPERATION_FINISHED, "");
    }

    public static Outcome dropped(long order, String why) {
        return new Outcome(order, OperationState.OPERATION_DROPPED, why);
    }

    public boolean isPending() {
        return !state.isTerminal();
    }
}
