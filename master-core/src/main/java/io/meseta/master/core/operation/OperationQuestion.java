package io.meseta.master.core.operation;

import io.meseta.model.AgentId;
import io.meseta.model.OperationId;
import java.util.Optional;

/// What a framework asks of an operation: how it stands.
public record OperationQuestion(OperationId operation, Optional<AgentId> agent) {}
