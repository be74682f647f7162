package io.meseta.master.resources;

import io.meseta.master.wire.ResourceReading;
import io.meseta.master.wire.Unacceptable;
import io.meseta.mesos.v1.Offer.Operation.GrowVolume;
import io.meseta.mesos.v1.Offer.Operation.ShrinkVolume;
import io.meseta.model.AgentCapability;
import io.meseta.model.Disk;
import io.meseta.model.Disk.DiskSource;
import io.meseta.model.Resource;
import io.meseta.model.Scalar;
import io.meseta.model.conversion.Conversion;
import java.util.List;
import java.util.Optional;

/// Volumes that shall have another size.
record Resizing(Asker asker) {

    Conversion grow(GrowVolume wire) throws Unacceptable {
        var field = "GrowVolume.volume";
        if (ResourceChecks.isNothing(wire.getAddition()))
            throw new Unacceptable(
                    "The size of 'GrowVolume.addition' field must be greater than zero");
        var volume = volume(wire.getVolume(), field);
        if (volume.kind().provider().isPresent())
            throw new Unacceptable("Growing a volume from a resource provider is not supported");
        checkVolume(volume, field);
        if (volume.kind().shared())
            throw new Unacceptable("Growing a shared persistent volume is not supported");
        var addition = one(wire.getAddition(), "GrowVolume.addition");
        var conversion = growing(volume, addition);
        if (conversion.isEmpty())
            throw new Unacceptable(
                    "Incompatible resources in the 'GrowVolume.volume' and"
                            + " 'GrowVolume.addition' fields");
        checkCapable(volume, "grown");
        checkAllocation(List.of(wire.getVolume(), wire.getAddition()));
        return conversion.get();
    }

    Conversion shrink(ShrinkVolume wire) throws Unacceptable {
        var field = "ShrinkVolume.volume";
        var subtract = subtract(wire);
        if (subtract.isEmpty())
            throw new Unacceptable("Value of 'ShrinkVolume.subtract' must be greater than zero");
        var volume = volume(wire.getVolume(), field);
        if (!(volume.amount() instanceof Scalar size)
                || size.thousandths() <= subtract.get().thousandths())
            throw new Unacceptable(
                    "Value of 'ShrinkVolume.subtract' must be smaller than the size of"
                            + " 'ShrinkVolume.volume'");
        if (volume.kind().provider().isPresent())
            throw new Unacceptable("Shrinking a volume from a resource provider is not supported");
        var source = volume.kind().disk().flatMap(Disk::source).map(DiskSource::type);
        if (source.filter(DiskSource.Type.MOUNT::equals).isPresent())
            throw new Unacceptable("Shrinking a volume on a MOUNT disk is not supported");
        checkVolume(volume, field);
        if (volume.kind().shared())
            throw new Unacceptable("Shrinking a shared persistent volume is not supported");
        checkCapable(volume, "shrunk");
        checkAllocation(List.of(wire.getVolume()));
        return Conversion.shrinking(volume, subtract.get());
    }

    private static Optional<Scalar> subtract(ShrinkVolume wire) throws Unacceptable {
        double value = wire.getSubtract().getValue();
        if (value < 0) return Optional.empty();
        try {
            return Optional.of(Scalar.ofWire(value)).filter(each -> !each.isEmpty());
        } catch (IllegalArgumentException | ArithmeticException excessive) {
            throw new Unacceptable("'ShrinkVolume.subtract' is no amount");
        }
    }

    /// Empty if they are not of one sort. A device of its own has nothing that could be added.
    private static Optional<Conversion> growing(Resource volume, Resource addition) {
        if (volume.kind().isIndivisible()) return Optional.empty();
        try {
            return Optional.of(Conversion.growing(volume, addition));
        } catch (IllegalArgumentException | ArithmeticException unlike) {
            return Optional.empty();
        }
    }

    private Resource volume(io.meseta.mesos.v1.Resource wire, String field) throws Unacceptable {
        var problem = OperationWire.volumeProblem(wire);
        if (problem.isPresent())
            throw new Unacceptable(
                    "Invalid persistent volume in the '" + field + "' field: " + problem.get());
        return one(wire, field);
    }

    private static Resource one(io.meseta.mesos.v1.Resource wire, String field)
            throws Unacceptable {
        try {
            var read = ResourceReading.read(List.of(wire));
            if (read.isEmpty()) throw new Unacceptable("it is empty");
            return read.stream().findFirst().orElseThrow();
        } catch (Unacceptable invalid) {
            throw invalid.within("Invalid resource in the '" + field + "' field: ");
        }
    }

    private void checkVolume(Resource volume, String field) throws Unacceptable {
        try {
            ResourceChecks.checkVolumes(List.of(volume), asker);
        } catch (Unacceptable invalid) {
            throw invalid.within("Invalid persistent volume in the '" + field + "' field: ");
        }
    }

    private void checkCapable(Resource volume, String done) throws Unacceptable {
        if (asker.lacks(AgentCapability.RESIZE_VOLUME))
            throw new Unacceptable(
                    "Volume %s cannot be %s on an agent without RESIZE_VOLUME capability"
                            .formatted(asker.text(volume), done));
    }

    private void checkAllocation(List<io.meseta.mesos.v1.Resource> wire) throws Unacceptable {
        SpecReading.checkAllocation(
                asker, wire, "Operators can't have anything done to allocated resources");
    }
}
