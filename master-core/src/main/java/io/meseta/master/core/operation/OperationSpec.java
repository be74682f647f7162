package io.meseta.master.core.operation;

import io.meseta.model.Opaque;
import io.meseta.model.Resource;
import io.meseta.model.conversion.Conversion;
import io.meseta.model.conversion.OperationType;
import java.util.List;
import java.util.function.Function;

/// What is to be done, as far as decisions need it; the rest stays in `wire`.
///
/// @param wire its `Offer.Operation` as it came
public record OperationSpec(OperationType type, Conversion conversion, Opaque wire) {

    /// What is done one after the other: each volume and each release of a reservation is a thing
    /// of its own, and finds what those before it have left.
    List<Conversion> steps() {
        return switch (type) {
            case RESERVE, GROW_VOLUME, SHRINK_VOLUME -> List.of(conversion);
            case UNRESERVE ->
                    each(conversion.consumed().stream().toList(), Conversion::unreserving);
            case CREATE -> each(conversion.converted().stream().toList(), Conversion::creating);
            case DESTROY -> each(conversion.consumed().stream().toList(), Conversion::destroying);
        };
    }

    private static List<Conversion> each(
            List<Resource> all, Function<List<Resource>, Conversion> step) {
        return all.stream().map(one -> step.apply(List.of(one))).toList();
    }
}
