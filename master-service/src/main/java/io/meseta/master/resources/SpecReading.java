package io.meseta.master.resources;

import io.meseta.master.core.operation.OperationSpec;
import io.meseta.master.wire.ResourceReading;
import io.meseta.master.wire.Sealed;
import io.meseta.master.wire.Unacceptable;
import io.meseta.mesos.v1.Offer.Operation;
import io.meseta.model.Disk;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.Resource;
import io.meseta.model.Role;
import io.meseta.model.conversion.Conversion;
import io.meseta.model.conversion.OperationType;
import java.util.List;
import java.util.TreeSet;

/// Reads what is to be done to resources, with those of Mesos' checks that need no state.
public record SpecReading(Asker asker) {

    /// @param wire whose resources have been [checked][OperationWire#check], in their newer form
    public OperationSpec read(Operation wire) throws Unacceptable {
        try {
            return of(wire);
        } catch (IllegalArgumentException | ArithmeticException mixed) {
            // Of one name amounts of two types, or more than can be counted.
            throw new Unacceptable("Invalid resources: " + mixed.getMessage());
        }
    }

    private OperationSpec of(Operation wire) throws Unacceptable {
        return switch (wire.getType()) {
            case RESERVE -> spec(OperationType.RESERVE, reserve(wire.getReserve()), wire);
            case UNRESERVE ->
                    spec(
                            OperationType.UNRESERVE,
                            unreserve(wire.getUnreserve().getResourcesList()),
                            wire);
            case CREATE ->
                    spec(OperationType.CREATE, create(wire.getCreate().getVolumesList()), wire);
            case DESTROY ->
                    spec(OperationType.DESTROY, destroy(wire.getDestroy().getVolumesList()), wire);
            case GROW_VOLUME ->
                    spec(
                            OperationType.GROW_VOLUME,
                            new Resizing(asker).grow(wire.getGrowVolume()),
                            wire);
            case SHRINK_VOLUME ->
                    spec(
                            OperationType.SHRINK_VOLUME,
                            new Resizing(asker).shrink(wire.getShrinkVolume()),
                            wire);
            case CREATE_DISK -> throw unprovided(wire.getCreateDisk().getSource());
            case DESTROY_DISK -> throw unprovided(wire.getDestroyDisk().getSource());
            case UNKNOWN, LAUNCH, LAUNCH_GROUP ->
                    throw new IllegalArgumentException("not about resources: " + wire.getType());
        };
    }

    private static OperationSpec spec(OperationType type, Conversion conversion, Operation wire)
            throws Unacceptable {
        if (conversion.consumed().isEmpty()) throw new Unacceptable("There is nothing in it");
        return new OperationSpec(type, conversion, Sealed.seal(wire));
    }

    private Conversion reserve(Operation.Reserve wire) throws Unacceptable {
        var resources = read(wire.getResourcesList(), "Invalid resources: ");
        var source = read(wire.getSourceList(), "Invalid source: ");
        if (wire.getSourceCount() > 0) Updating.check(source, resources);
        checkProvider(resources);
        for (var each : resources) {
            checkDynamic(each);
            ResourceChecks.checkCapable(each, asker, "Resource", "reserved");
            checkReserver(each);
            if (asker.framework().isPresent()) checkRole(each);
        }
        for (var each : resources)
            // Its directory is named for its role: it would be another volume, and empty.
            if (each.kind().isPersistentVolume())
                throw new Unacceptable(
                        "A persistent volume " + asker.text(each) + " must already be reserved");
        checkAllocation(
                asker,
                wire.getResourcesList(),
                "A reserve operation was attempted with an allocated resource, but the operator"
                        + " API only allows reservations to be made to unallocated resources");
        var made = ResourceChecks.sum(resources);
        return source.isEmpty()
                ? Conversion.reserving(resources)
                : new Conversion(ResourceChecks.sum(source), made);
    }

    private Conversion unreserve(List<io.meseta.mesos.v1.Resource> wire) throws Unacceptable {
        var resources = read(wire, "Invalid resources: ");
        checkProvider(resources);
        for (var each : resources) {
            checkDynamic(each);
            if (each.kind().isPersistentVolume())
                throw new Unacceptable(
                        "A dynamically reserved persistent volume "
                                + asker.text(each)
                                + " cannot be unreserved directly. Please destroy the persistent"
                                + " volume first then unreserve the resource");
        }
        checkAllocation(wire);
        var _ = ResourceChecks.sum(resources);
        return Conversion.unreserving(resources);
    }

    private Conversion create(List<io.meseta.mesos.v1.Resource> wire) throws Unacceptable {
        var volumes = volumes(wire);
        checkUnlike(volumes);
        for (var each : volumes) {
            boolean isShared = each.kind().shared();
            if (isShared
                    && asker.framework()
                            .filter(by -> !by.can(FrameworkCapability.SHARED_RESOURCES))
                            .isPresent())
                throw new Unacceptable(
                        "Create volume operation for '"
                                + asker.text(each)
                                + "' has been attempted by a framework with no SHARED_RESOURCES"
                                + " capability");
            ResourceChecks.checkCapable(each, asker, "Volume", "created");
            checkCreator(each);
        }
        checkAllocation(wire);
        return Conversion.creating(volumes);
    }

    /// The same volume twice would be one of twice the size.
    private static void checkUnlike(List<Resource> volumes) throws Unacceptable {
        var seen = new TreeSet<String>();
        for (var each : volumes) {
            var id = each.kind().disk().flatMap(Disk::persistence).orElseThrow().id();
            // No slash is in an id.
            if (!seen.add(each.kind().reservedRole().orElseThrow().name() + "/" + id))
                throw new Unacceptable("Persistence ID '" + id + "' is not unique");
        }
    }

    private Conversion destroy(List<io.meseta.mesos.v1.Resource> wire) throws Unacceptable {
        var volumes = volumes(wire);
        checkAllocation(wire);
        return Conversion.destroying(volumes);
    }

    private List<Resource> volumes(List<io.meseta.mesos.v1.Resource> wire) throws Unacceptable {
        var volumes = read(wire, "Invalid resources: ");
        checkProvider(volumes);
        try {
            ResourceChecks.checkVolumes(volumes, asker);
        } catch (Unacceptable invalid) {
            throw invalid.within("Not a persistent volume: ");
        }
        var _ = ResourceChecks.sum(volumes);
        return volumes;
    }

    private static List<Resource> read(List<io.meseta.mesos.v1.Resource> wire, String words)
            throws Unacceptable {
        try {
            return ResourceChecks.read(wire);
        } catch (Unacceptable invalid) {
            throw invalid.within(words);
        }
    }

    private void checkProvider(List<Resource> read) throws Unacceptable {
        try {
            ResourceChecks.checkOneProvider(read);
        } catch (Unacceptable invalid) {
            throw invalid.within("Invalid resources: ");
        }
        for (var each : read)
            if (each.kind().provider().isPresent())
                throw new Unacceptable(
                        "Resource provider "
                                + each.kind().provider().get()
                                + " is not known to the agent");
    }

    /// Disks are made of what resource providers have, and nothing else.
    private static Unacceptable unprovided(io.meseta.mesos.v1.Resource source) {
        return source.hasProviderId()
                ? new Unacceptable(
                        "Resource provider "
                                + source.getProviderId().getValue()
                                + " is not known to the agent")
                : new Unacceptable("'source' is not managed by a resource provider");
    }

    private void checkDynamic(Resource resource) throws Unacceptable {
        if (!ResourceChecks.isDynamic(resource))
            throw new Unacceptable(
                    "Resource " + asker.text(resource) + " is not dynamically reserved");
    }

    private void checkReserver(Resource resource) throws Unacceptable {
        var own = asker.principal();
        var named = resource.kind().reservations().getLast().principal();
        if (own.isEmpty() || named.equals(own)) return;
        throw new Unacceptable(
                named.isPresent()
                        ? "A reserve operation was attempted by authenticated principal '"
                                + own.get()
                                + "', which does not match a reserved resource in the request with"
                                + " principal '"
                                + named.get()
                                + "'"
                        : "A reserve operation was attempted by principal '"
                                + own.get()
                                + "', but there is a reserved resource in the request with no"
                                + " principal set");
    }

    private void checkCreator(Resource volume) throws Unacceptable {
        var own = asker.principal();
        var named =
                volume.kind().disk().flatMap(Disk::persistence).flatMap(each -> each.principal());
        if (own.isEmpty() || named.equals(own)) return;
        throw new Unacceptable(
                named.isPresent()
                        ? "Create volume operation attempted by authenticated principal '"
                                + own.get()
                                + "', which does not match a volume in the operation with"
                                + " principal '"
                                + named.get()
                                + "' set in 'disk.persistence'"
                        : "Create volume operation attempted by principal '"
                                + own.get()
                                + "', but there is a volume in the operation with no principal"
                                + " set in 'disk.persistence'");
    }

    /// A framework reserves for the role that it was offered the resources in, and for no other.
    private void checkRole(Resource resource) throws Unacceptable {
        var role = resource.kind().reservedRole().orElseThrow();
        var allocated = asker.allocation().orElseThrow();
        if (!role.equals(allocated))
            throw new Unacceptable(
                    "A reserve operation was attempted for a resource with role '"
                            + role
                            + "', but the resource was allocated to role '"
                            + allocated
                            + "'");
        var roles = asker.framework().orElseThrow().roles();
        if (!roles.contains(role))
            throw new Unacceptable(
                    "A reserve operation was attempted for a resource allocated to role '"
                            + allocated
                            + "', but the framework only has roles '{ "
                            + String.join(", ", roles.stream().map(Role::name).toList())
                            + " }'");
    }

    private void checkAllocation(List<io.meseta.mesos.v1.Resource> wire) throws Unacceptable {
        checkAllocation(asker, wire, "Operators can't have anything done to allocated resources");
    }

    /// Resources that say for whom they are allocated say so of the offer's role.
    ///
    /// @param words for operators, whose resources are allocated to nobody
    static void checkAllocation(Asker asker, List<io.meseta.mesos.v1.Resource> wire, String words)
            throws Unacceptable {
        var roles = ResourceReading.allocationRoles(wire);
        if (asker.allocation().isEmpty()) {
            if (!roles.isEmpty()) throw new Unacceptable(words);
            return;
        }
        var own = asker.allocation().get();
        for (var role : roles)
            if (!role.equals(own.name()))
                throw new Unacceptable(
                        "The resources are allocated to role '"
                                + role
                                + "', but the offer is of role '"
                                + own
                                + "'");
    }
}
