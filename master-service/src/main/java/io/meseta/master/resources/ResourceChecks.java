package io.meseta.master.resources;

import io.meseta.master.wire.ResourceReading;
import io.meseta.master.wire.Unacceptable;
import io.meseta.model.AgentCapability;
import io.meseta.model.Disk;
import io.meseta.model.Resource;
import io.meseta.model.Resources;
import io.meseta.model.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Whether resources are what an operation can be about, in the words and the order of Mesos.
final class ResourceChecks {

    private ResourceChecks() {}

    /// Reads them one by one; what is empty is nothing.
    static List<Resource> read(List<io.meseta.mesos.v1.Resource> wire) throws Unacceptable {
        checkGpus(wire);
        for (var each : wire) {
            var problem = OperationWire.volumeProblem(each);
            if (problem.isPresent()) throw new Unacceptable("Invalid DiskInfo: " + problem.get());
        }
        var read = new ArrayList<Resource>();
        for (var each : wire) read.addAll(ResourceReading.read(List.of(each)).stream().toList());
        for (var each : read)
            if (each.kind().revocable() && isDynamic(each))
                throw new Unacceptable(
                        "Invalid ReservationInfo: Dynamically reserved resource "
                                + each
                                + " cannot be created from revocable resources");
        return read;
    }

    private static void checkGpus(List<io.meseta.mesos.v1.Resource> wire) throws Unacceptable {
        for (var each : wire) {
            if (!each.getName().equals("gpus")) continue;
            double gpus = each.getScalar().getValue();
            if (gpus != Math.rint(gpus))
                throw new Unacceptable(
                        "Invalid 'gpus' resource: The 'gpus' resource must be an unsigned integer");
        }
    }

    /// The sum of what was read.
    static Resources sum(List<Resource> read) throws Unacceptable {
        try {
            return Resources.of(read);
        } catch (IllegalArgumentException | ArithmeticException mixed) {
            throw new Unacceptable("Invalid resources: " + mixed.getMessage());
        }
    }

    static void checkOneProvider(List<Resource> read) throws Unacceptable {
        var providers = new TreeSet<String>();
        boolean hasAgents = false;
        for (var each : read) {
            each.kind().provider().ifPresent(providers::add);
            if (each.kind().provider().isEmpty()) hasAgents = true;
        }
        if (hasAgents && !providers.isEmpty())
            throw new Unacceptable("Some resources have a resource provider and some do not");
        if (!hasAgents && providers.size() != 1)
            throw new Unacceptable(
                    "The resources have multiple resource providers: "
                            + String.join(", ", providers));
    }

    static void checkVolumes(List<Resource> read, Asker asker) throws Unacceptable {
        for (var each : read) {
            var disk = each.kind().disk();
            if (disk.isEmpty())
                throw new Unacceptable("Resource " + asker.text(each) + " does not have DiskInfo");
            if (disk.get().persistence().isEmpty())
                throw new Unacceptable("'persistence' is not set in DiskInfo");
            if (disk.get().persistence().get().mode() == Disk.Mode.RO)
                throw new Unacceptable("Read-only persistent volume not supported");
        }
    }

    /// Agents that know roles and reservations of the newer sorts only may have such.
    ///
    /// @param what begins the complaint: `Resource` or `Volume`
    /// @param done ends it: what can't be done to it
    static void checkCapable(Resource resource, Asker asker, String what, String done)
            throws Unacceptable {
        var role = resource.kind().reservedRole();
        boolean isHierarchical = role.filter(each -> each.parent().isPresent()).isPresent();
        if (isHierarchical && asker.lacks(AgentCapability.HIERARCHICAL_ROLE))
            throw new Unacceptable(
                    ("%s %s with reservation for hierarchical role '%s' cannot be %s on an agent"
                                    + " without HIERARCHICAL_ROLE capability")
                            .formatted(what, asker.text(resource), role.orElseThrow(), done));
        if (resource.kind().isRefined() && asker.lacks(AgentCapability.RESERVATION_REFINEMENT))
            throw new Unacceptable(
                    ("%s %s with reservation refinement cannot be %s on an agent without"
                                    + " RESERVATION_REFINEMENT capability")
                            .formatted(what, asker.text(resource), done));
    }

    static boolean isDynamic(Resource resource) {
        return resource.kind().isReserved()
                && resource.kind().reservations().getLast().type()
                        == io.meseta.model.Reservation.Type.DYNAMIC;
    }

    static boolean isNothing(io.meseta.mesos.v1.Resource wire) {
        return Scalar.ofWire(wire.getScalar().getValue()).isEmpty();
    }
}
