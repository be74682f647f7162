package io.meseta.master.frameworks;

import io.meseta.master.resources.OperationWire;
import io.meseta.master.wire.ResourceReading;
import io.meseta.master.wire.Unacceptable;
import io.meseta.mesos.v1.Resource;
import io.meseta.model.Disk;
import io.meseta.model.Reservation;
import io.meseta.model.ResourceKind;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Whether resources can be used by somebody, in the words of Mesos.
///
/// @param who a word for who would use them: `Task`, `Executor`
record ResourceUse(String who) {

    static final ResourceUse TASK = new ResourceUse("Task");
    static final ResourceUse EXECUTOR = new ResourceUse("Executor");

    /// Reads them; all together, as they may be many.
    Resources read(List<Resource> wire) throws Unacceptable {
        for (var each : wire) {
            var problem = OperationWire.volumeProblem(each);
            if (problem.isPresent())
                throw new Unacceptable(invalid() + "Invalid DiskInfo: " + problem.get());
        }
        var read = ResourceReading.read(wire);
        checkGpus(wire);
        checkReservations(read);
        // Counted in the message: two volumes of one kind make one in the sum.
        checkVolumes(wire, who + " uses duplicate persistence ID: ");
        checkMix(read.kinds(), who + " mixes revocable and non-revocable resources: ");
        return read;
    }

    private String invalid() {
        return who + " uses invalid resources: ";
    }

    private void checkGpus(List<Resource> wire) throws Unacceptable {
        for (var each : wire)
            if (each.getName().equals("gpus")
                    && each.getScalar().getValue() != Math.rint(each.getScalar().getValue()))
                throw new Unacceptable(
                        invalid()
                                + "Invalid 'gpus' resource: The 'gpus' resource must be an unsigned"
                                + " integer");
    }

    private void checkReservations(Resources read) throws Unacceptable {
        for (var each : read.stream().toList())
            if (each.kind().revocable() && isDynamic(each.kind()))
                throw new Unacceptable(
                        invalid()
                                + "Invalid ReservationInfo: Dynamically reserved resource "
                                + each
                                + " cannot be created from revocable resources");
    }

    private static boolean isDynamic(ResourceKind kind) {
        return kind.isReserved()
                && kind.reservations().getLast().type() == Reservation.Type.DYNAMIC;
    }

    private record Volume(Optional<Role> role, String id) {}

    /// The ids of a role's volumes tell them apart.
    static void checkVolumes(List<Resource> wire, String words) throws Unacceptable {
        var seen = new HashSet<Volume>();
        for (var each : wire) {
            if (!each.getDisk().hasPersistence()) continue;
            var kind = ResourceReading.read(List.of(each)).kinds().stream().findFirst();
            var id = kind.flatMap(ResourceKind::disk).flatMap(Disk::persistence);
            if (id.isEmpty()) continue;
            if (!seen.add(new Volume(kind.flatMap(ResourceKind::reservedRole), id.get().id())))
                throw new Unacceptable(
                        words + "Persistence ID '" + id.get().id() + "' is not unique");
        }
    }

    /// What may be taken back at any time is of no help to what may not.
    static void checkMix(List<ResourceKind> kinds, String words) throws Unacceptable {
        for (var kind : kinds)
            if (kind.revocable()
                    && kinds.stream()
                            .anyMatch(other ->
                                    other.name().equals(kind.name()) && !other.revocable()))
                throw new Unacceptable(
                        words
                                + "Cannot use both revocable and non-revocable '"
                                + kind.name()
                                + "' at the same time");
    }
}
