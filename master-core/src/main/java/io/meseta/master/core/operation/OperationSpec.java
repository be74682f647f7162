package io.meseta.master.core.operation;

import io.meseta.model.Opaque;
import io.meseta.model.conversion.Conversion;
import io.meseta.model.conversion.OperationType;

/// What is to be done, as far as decisions need it; the rest stays in `wire`.
///
/// @param wire its `Offer.Operation` as it came
public record OperationSpec(OperationType type, Conversion conversion, Opaque wire) {}
