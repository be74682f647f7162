package io.meseta.master.frameworks;

import io.meseta.authorization.Verdict;
import io.meseta.master.core.cluster.Operation;
import io.meseta.master.core.operation.OperationSpec;
import io.meseta.master.wire.ResourceReading;
import io.meseta.master.wire.Sealed;
import io.meseta.master.wire.Unacceptable;
import io.meseta.master.wire.WireIds;
import io.meseta.mesos.v1.Offer.Operation.GrowVolume;
import io.meseta.mesos.v1.Offer.Operation.ShrinkVolume;
import io.meseta.model.OperationId;
import io.meseta.model.Resource;
import io.meseta.model.Scalar;
import io.meseta.model.conversion.Conversion;
import io.meseta.model.conversion.OperationType;
import java.util.List;

/// Reads operations on resources, with those of Mesos' checks that need no state.
///
/// @param permit whether it may be done, which is asked once it is known to make sense
record OperationReading(ResourceChecks checks, Permit permit) {

    /// Says whether resources may be made others, and by which rule.
    @FunctionalInterface
    interface Permit {
        Verdict decide(OperationSpec spec);
    }

    Operation read(io.meseta.mesos.v1.Offer.Operation wire) {
        var id = WireIds.find(wire.getId().getValue(), OperationId::new);
        if (wire.hasId() && id.isEmpty()) return new Operation.Invalid(id, "Invalid operation id");
        try {
            var spec = spec(wire);
            return switch (permit.decide(spec)) {
                case Verdict.Allowed(var rule, var bundle, _) ->
                        new Operation.Convert(id, spec, rule + "@" + bundle);
                case Verdict.Denied(var rule, _, var reason) ->
                        new Operation.Invalid(id, "Not authorized (" + rule + "): " + reason);
            };
        } catch (Unacceptable invalid) {
            return new Operation.Invalid(id, invalid.getMessage() + checks.whereabouts());
        }
    }

    private OperationSpec spec(io.meseta.mesos.v1.Offer.Operation sent) throws Unacceptable {
        var wire = AllocatedOperation.to(checks.allocation(), sent);
        var sealed = Sealed.seal(wire);
        return switch (wire.getType()) {
            case RESERVE -> {
                if (wire.getReserve().getSourceCount() > 0)
                    throw new Unacceptable(
                            "Reservation updates are not yet implemented for the scheduler API.");
                var all = checks.reserve(resources(wire.getReserve().getResourcesList()));
                yield new OperationSpec(OperationType.RESERVE, Conversion.reserving(all), sealed);
            }
            case UNRESERVE -> {
                var all = checks.unreserve(resources(wire.getUnreserve().getResourcesList()));
                yield new OperationSpec(
                        OperationType.UNRESERVE, Conversion.unreserving(all), sealed);
            }
            case CREATE -> {
                var all = checks.create(resources(wire.getCreate().getVolumesList()));
                yield new OperationSpec(OperationType.CREATE, Conversion.creating(all), sealed);
            }
            case DESTROY -> {
                var all = checks.volumes(resources(wire.getDestroy().getVolumesList()));
                yield new OperationSpec(OperationType.DESTROY, Conversion.destroying(all), sealed);
            }
            case GROW_VOLUME ->
                    new OperationSpec(
                            OperationType.GROW_VOLUME, grow(wire.getGrowVolume()), sealed);
            case SHRINK_VOLUME ->
                    new OperationSpec(
                            OperationType.SHRINK_VOLUME, shrink(wire.getShrinkVolume()), sealed);
            case CREATE_DISK -> throw ResourceChecks.unprovided(wire.getCreateDisk().getSource());
            case DESTROY_DISK -> throw ResourceChecks.unprovided(wire.getDestroyDisk().getSource());
            case UNKNOWN, LAUNCH, LAUNCH_GROUP ->
                    throw new IllegalArgumentException("not about resources: " + wire.getType());
        };
    }

    private List<Resource> resources(List<io.meseta.mesos.v1.Resource> wire) throws Unacceptable {
        try {
            if (wire.isEmpty())
                throw new Unacceptable("The resources have multiple resource providers: ");
            ResourceChecks.checkForms(wire);
            for (var each : wire) {
                ResourceChecks.checkVolume(each);
                checks.checkAllocation(each);
            }
            // What comes twice is meant once, and twice as large.
            return ResourceReading.read(wire).stream().toList();
        } catch (Unacceptable invalid) {
            throw invalid.within("Invalid resources: ");
        }
    }

    private Resource one(io.meseta.mesos.v1.Resource wire, String field) throws Unacceptable {
        try {
            ResourceChecks.checkVolume(wire);
            var read = ResourceReading.read(List.of(wire));
            if (read.isEmpty()) throw new Unacceptable("it is empty");
            return read.stream().findFirst().orElseThrow();
        } catch (Unacceptable invalid) {
            throw invalid.within("Invalid resource in the '" + field + "' field: ");
        }
    }

    private Conversion grow(GrowVolume wire) throws Unacceptable {
        var volume = one(wire.getVolume(), "GrowVolume.volume");
        var addition = one(wire.getAddition(), "GrowVolume.addition");
        checks.resize(volume, "Growing");
        try {
            return Conversion.growing(volume, addition);
        } catch (IllegalArgumentException | ArithmeticException unlike) {
            throw new Unacceptable(
                    "Incompatible resources in the 'GrowVolume.volume' and 'GrowVolume.addition'"
                            + " fields: "
                            + unlike.getMessage());
        }
    }

    private Conversion shrink(ShrinkVolume wire) throws Unacceptable {
        var volume = one(wire.getVolume(), "ShrinkVolume.volume");
        checks.resize(volume, "Shrinking");
        try {
            var subtract = Scalar.ofWire(wire.getSubtract().getValue());
            if (subtract.isEmpty())
                throw new Unacceptable("The scalar value of the 'subtract' field must be positive");
            return Conversion.shrinking(volume, subtract);
        } catch (IllegalArgumentException excessive) {
            throw new Unacceptable(
                    "The 'subtract' field cannot be taken from the volume: "
                            + excessive.getMessage());
        }
    }
}
