package io.meseta.master.resources;

import io.meseta.master.wire.ResourceReading;
import io.meseta.master.wire.Unacceptable;
import io.meseta.mesos.v1.Offer.Operation;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.Resource.ReservationInfo;
import io.meseta.model.Ids;
import io.meseta.model.Role;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The message of an operation: whether its resources are any, and their newer form.
public final class OperationWire {

    private OperationWire() {}

    /// All resources that the operation names are resources, whatever is to be done to them.
    public static void check(Operation wire) throws Unacceptable {
        for (var each : resources(wire).toList()) {
            // What is wrong with a volume has words of its own, and a later place.
            boolean isReadable = volumeProblem(each).isEmpty();
            var _ =
                    ResourceReading.read(
                            List.of(isReadable ? each : each.toBuilder().clearDisk().build()));
        }
    }

    /// The same with reservations in their newer form, in which they are shown ever after.
    public static Operation upgraded(Operation sent) {
        var wire = sent.toBuilder();
        if (wire.hasReserve()) {
            wire.getReserveBuilder().getResourcesBuilderList().forEach(OperationWire::upgrade);
            wire.getReserveBuilder().getSourceBuilderList().forEach(OperationWire::upgrade);
        }
        if (wire.hasUnreserve())
            wire.getUnreserveBuilder().getResourcesBuilderList().forEach(OperationWire::upgrade);
        if (wire.hasCreate())
            wire.getCreateBuilder().getVolumesBuilderList().forEach(OperationWire::upgrade);
        if (wire.hasDestroy())
            wire.getDestroyBuilder().getVolumesBuilderList().forEach(OperationWire::upgrade);
        if (wire.hasGrowVolume()) {
            upgrade(wire.getGrowVolumeBuilder().getVolumeBuilder());
            upgrade(wire.getGrowVolumeBuilder().getAdditionBuilder());
        }
        if (wire.hasShrinkVolume()) upgrade(wire.getShrinkVolumeBuilder().getVolumeBuilder());
        return wire.build();
    }

    private static Stream<Resource> resources(Operation wire) {
        return switch (wire.getType()) {
            case RESERVE ->
                    Stream.concat(
                            wire.getReserve().getResourcesList().stream(),
                            wire.getReserve().getSourceList().stream());
            case UNRESERVE -> wire.getUnreserve().getResourcesList().stream();
            case CREATE -> wire.getCreate().getVolumesList().stream();
            case DESTROY -> wire.getDestroy().getVolumesList().stream();
            case GROW_VOLUME ->
                    Stream.of(wire.getGrowVolume().getVolume(), wire.getGrowVolume().getAddition());
            case SHRINK_VOLUME -> Stream.of(wire.getShrinkVolume().getVolume());
            case CREATE_DISK -> Stream.of(wire.getCreateDisk().getSource());
            case DESTROY_DISK -> Stream.of(wire.getDestroyDisk().getSource());
            case UNKNOWN, LAUNCH, LAUNCH_GROUP -> Stream.empty();
        };
    }

    @SuppressWarnings("deprecation") // the older form is what many frameworks still send
    private static void upgrade(Resource.Builder wire) {
        if (wire.getReservationsCount() == 0 && !wire.getRole().equals(Role.ANY.name())) {
            var only =
                    wire.hasReservation()
                            ? wire.getReservation().toBuilder()
                                    .setType(ReservationInfo.Type.DYNAMIC)
                            : ReservationInfo.newBuilder().setType(ReservationInfo.Type.STATIC);
            wire.addReservations(only.setRole(wire.getRole()));
        }
        wire.clearRole().clearReservation();
    }

    /// What only the message tells of a volume, and no resource that was read from it.
    public static Optional<String> volumeProblem(Resource wire) {
        var disk = wire.getDisk();
        if (!disk.hasPersistence())
            return wire.hasDisk() && disk.hasVolume()
                    ? Optional.of("Non-persistent volume not supported")
                    : Optional.empty();
        if (wire.hasRevocable())
            return Optional.of("Persistent volumes cannot be created from revocable resources");
        if (!isReserved(wire))
            return Optional.of("Persistent volumes cannot be created from unreserved resources");
        if (!disk.hasVolume())
            return Optional.of("Expecting 'volume' to be set for persistent volume");
        if (disk.getVolume().hasHostPath())
            return Optional.of("Expecting 'host_path' to be unset for persistent volume");
        return Ids.problem(disk.getPersistence().getId())
                .map(problem -> "Invalid persistence ID for persistent volume: " + problem);
    }

    @SuppressWarnings("deprecation") // the older form is what many frameworks still send
    private static boolean isReserved(Resource wire) {
        return wire.getReservationsCount() > 0 || !wire.getRole().equals(Role.ANY.name());
    }
}
