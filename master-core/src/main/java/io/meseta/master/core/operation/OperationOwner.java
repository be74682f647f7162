package io.meseta.master.core.operation;

import io.meseta.model.FrameworkId;
import io.meseta.model.OperationId;
import java.util.Optional;

/// The framework that wanted an operation.
///
/// @param id by which it waits for the operation's end; empty if it does not
public record OperationOwner(FrameworkId framework, Optional<OperationId> id) {}
