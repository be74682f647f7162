package io.meseta.master.core.operation;

import io.meseta.model.OperationState;

/// How an operation ended on its agent. It is told until the master says that it has heard.
///
/// @param order the number of the order to do it
/// @param state `OPERATION_FINISHED`, or what it failed by; in a hello also `OPERATION_PENDING`, if
///   it is being done
/// @param message why it failed; empty for nothing to add
public record Outcome(long order, OperationState state, String message) {}
