package io.meseta.master.frameworks;

import io.meseta.authorization.Verdict;
import io.meseta.master.core.cluster.Operation;
import io.meseta.master.core.operation.OperationSpec;
import io.meseta.master.resources.Asker;
import io.meseta.master.resources.OperationWire;
import io.meseta.master.resources.SpecReading;
import io.meseta.master.wire.Unacceptable;
import io.meseta.master.wire.WireIds;
import io.meseta.model.OperationId;

/// Reads what a framework wants done to the resources of its offers.
///
/// @param permit whether it may be done, which is asked once it is known to make sense
record OperationReading(Asker asker, Permit permit) {

    /// Says whether resources may be made others, and by which rule.
    @FunctionalInterface
    interface Permit {
        Verdict decide(OperationSpec spec);
    }

    Operation read(io.meseta.mesos.v1.Offer.Operation wire) {
        var id = WireIds.find(wire.getId().getValue(), OperationId::new);
        if (wire.hasId() && id.isEmpty()) return new Operation.Invalid(id, "Invalid operation id");
        try {
            OperationWire.check(wire);
            if (wire.getReserve().getSourceCount() > 0)
                throw new Unacceptable(
                        "Reservation updates are not yet implemented for the scheduler API.");
        } catch (Unacceptable invalid) {
            return new Operation.Invalid(
                    id, "Operation attempted with invalid resources: " + invalid.getMessage());
        }
        try {
            var whole =
                    AllocatedOperation.to(
                            asker.allocation().orElseThrow(), OperationWire.upgraded(wire));
            var spec = new SpecReading(asker).read(whole);
            return switch (permit.decide(spec)) {
                case Verdict.Allowed(var rule, var bundle, _) ->
                        new Operation.Convert(id, spec, rule + "@" + bundle);
                case Verdict.Denied(var rule, _, var reason) ->
                        new Operation.Invalid(id, "Not authorized (" + rule + "): " + reason);
            };
        } catch (Unacceptable invalid) {
            return new Operation.Invalid(id, invalid.getMessage() + asker.whereabouts());
        }
    }
}
