package io.meseta.master.frameworks;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.framework.FrameworkProfile;
import io.meseta.master.core.operation.Feasibility;
import io.meseta.master.wire.Unacceptable;
import io.meseta.model.AgentCapability;
import io.meseta.model.Disk;
import io.meseta.model.Disk.DiskSource;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.Ids;
import io.meseta.model.Principal;
import io.meseta.model.Reservation;
import io.meseta.model.Resource;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import java.util.List;
import java.util.Optional;

/// Whether a framework may ask of these resources what it asks, in the words of Mesos.
///
/// @param allocation the role of the offers
/// @param agent whose the resources are; empty if the offers are unknown
record ResourceChecks(FrameworkProfile framework, Role allocation, Optional<Agent> agent) {

    /// What follows a complaint.
    String whereabouts() {
        return agent.map(each -> "; on " + each.whereabouts()).orElse("");
    }

    List<Resource> reserve(List<Resource> all) throws Unacceptable {
        for (var each : all) {
            var reservation = dynamic(each);
            principal(reservation);
            role(reservation);
            if (each.kind().revocable())
                throw new Unacceptable(
                        "Resource " + text(each) + " is revocable and cannot be reserved");
            if (each.kind().isPersistentVolume())
                throw new Unacceptable(
                        "A persistent volume " + text(each) + " must already be reserved");
            provided(each);
            capable(each);
        }
        return all;
    }

    List<Resource> unreserve(List<Resource> all) throws Unacceptable {
        for (var each : all) {
            dynamic(each);
            if (each.kind().isPersistentVolume())
                throw new Unacceptable(
                        "A dynamically reserved persistent volume "
                                + text(each)
                                + " cannot be unreserved directly. Please destroy the persistent"
                                + " volume first then unreserve the resource");
            provided(each);
        }
        return all;
    }

    List<Resource> create(List<Resource> all) throws Unacceptable {
        for (var each : volumes(all)) {
            if (each.kind().shared() && !framework.can(FrameworkCapability.SHARED_RESOURCES))
                throw new Unacceptable(
                        "Shared persistent volumes need the framework capability"
                                + " SHARED_RESOURCES");
            var owner = each.kind().disk().flatMap(Disk::persistence).orElseThrow().principal();
            var own = framework.identity().principal().map(Principal::name);
            if (own.isPresent() && !owner.equals(own))
                throw new Unacceptable(
                        "Create volume operation has been attempted by principal '"
                                + own.get()
                                + "', but there is a volume in the operation with "
                                + owner.map(name -> "principal '" + name + "'")
                                        .orElse("no principal")
                                + " set in `DiskInfo.Persistence`");
        }
        return all;
    }

    /// All of them are persistent volumes that could be.
    List<Resource> volumes(List<Resource> all) throws Unacceptable {
        for (var each : all) {
            volume(each);
            provided(each);
        }
        return all;
    }

    /// A volume that is to have another size.
    ///
    /// @param what is done to it, as a sentence begins
    void resize(Resource volume, String what) throws Unacceptable {
        volume(volume);
        provided(volume);
        if (volume.kind().shared())
            throw new Unacceptable(what + " a shared persistent volume is not supported");
        var isWhole =
                volume.kind()
                        .disk()
                        .flatMap(Disk::source)
                        .filter(source -> source.type() != DiskSource.Type.PATH)
                        .isPresent();
        if (isWhole)
            throw new Unacceptable(
                    what + " a persistent volume on a disk of its own is not supported");
    }

    private void volume(Resource resource) throws Unacceptable {
        var disk = resource.kind().disk();
        if (disk.isEmpty())
            throw new Unacceptable(
                    "Not a persistent volume: Resource "
                            + text(resource)
                            + " does not have DiskInfo");
        if (disk.get().persistence().isEmpty())
            throw new Unacceptable(
                    "Not a persistent volume: Resource "
                            + text(resource)
                            + " does not have 'persistence' set");
        if (disk.get().persistence().get().mode() == Disk.Mode.RO)
            throw new Unacceptable(
                    "Not a persistent volume: Read-only persistent volume not supported");
        if (resource.kind().revocable())
            throw new Unacceptable(
                    "Not a persistent volume: Resource " + text(resource) + " is revocable");
    }

    private Reservation dynamic(Resource resource) throws Unacceptable {
        var stack = resource.kind().reservations();
        if (stack.isEmpty() || stack.getLast().type() != Reservation.Type.DYNAMIC)
            throw new Unacceptable("Resource " + text(resource) + " is not dynamically reserved");
        return stack.getLast();
    }

    private void principal(Reservation reservation) throws Unacceptable {
        var own = framework.identity().principal().map(Principal::name);
        if (own.isEmpty() || reservation.principal().equals(own)) return;
        throw new Unacceptable(
                reservation.principal().isPresent()
                        ? "A reserve operation was attempted by authenticated principal '"
                                + own.get()
                                + "', which does not match a reserved resource in the request with"
                                + " principal '"
                                + reservation.principal().get()
                                + "'"
                        : "A reserve operation was attempted by authenticated principal '"
                                + own.get()
                                + "', but there is a reserved resource in the request with no"
                                + " principal set");
    }

    private void role(Reservation reservation) throws Unacceptable {
        if (!reservation.role().equals(allocation))
            throw new Unacceptable(
                    "A reserve operation was attempted for a resource with role '"
                            + reservation.role()
                            + "', but the resource was allocated to role '"
                            + allocation
                            + "'");
        if (!framework.roles().contains(reservation.role()))
            throw new Unacceptable(
                    "A reserve operation was attempted for a resource with role '"
                            + reservation.role()
                            + "', but the framework can only reserve resources with roles "
                            + framework.roles());
    }

    private void capable(Resource resource) throws Unacceptable {
        if (agent.isEmpty()) return;
        var capabilities = agent.get().profile().capabilities();
        var role = resource.kind().reservedRole().orElseThrow();
        if (role.parent().isPresent() && !capabilities.contains(AgentCapability.HIERARCHICAL_ROLE))
            throw new Unacceptable(
                    "Resource "
                            + text(resource)
                            + " with reservation for hierarchical role '"
                            + role
                            + "' cannot be reserved on an agent without HIERARCHICAL_ROLE"
                            + " capability");
        if (resource.kind().isRefined()
                && !capabilities.contains(AgentCapability.RESERVATION_REFINEMENT))
            throw new Unacceptable(
                    "Resource "
                            + text(resource)
                            + " with reservation refinement cannot be reserved on an agent without"
                            + " RESERVATION_REFINEMENT capability");
    }

    /// No resource providers come with agents.
    private static void provided(Resource resource) throws Unacceptable {
        if (resource.kind().provider().isPresent())
            throw new Unacceptable(
                    "Resource provider "
                            + resource.kind().provider().get()
                            + " is not known to the agent");
    }

    /// Disks are made of what resource providers have, and nothing else.
    static Unacceptable unprovided(io.meseta.mesos.v1.Resource source) {
        return source.hasProviderId()
                ? new Unacceptable(
                        "Resource provider "
                                + source.getProviderId().getValue()
                                + " is not known to the agent")
                : new Unacceptable("'source' is not managed by a resource provider");
    }

    /// What only the message tells of a volume, and no resource that was read from it.
    static void checkVolume(io.meseta.mesos.v1.Resource wire) throws Unacceptable {
        if (!wire.getDisk().hasPersistence()) return;
        try {
            if (!isReserved(wire))
                throw new Unacceptable(
                        "Persistent volumes cannot be created from unreserved resources");
            if (!wire.getDisk().hasVolume())
                throw new Unacceptable("Expecting 'volume' to be set for persistent volume");
            if (wire.getDisk().getVolume().hasHostPath())
                throw new Unacceptable("Expecting 'host_path' to be unset for persistent volume");
            var problem = Ids.problem(wire.getDisk().getPersistence().getId());
            if (problem.isPresent())
                throw new Unacceptable(
                        "Invalid persistence ID for persistent volume: " + problem.get());
        } catch (Unacceptable invalid) {
            throw invalid.within("Invalid DiskInfo: ");
        }
    }

    /// Resources that say for whom they are allocated say so of the offer's role.
    void checkAllocation(io.meseta.mesos.v1.Resource wire) throws Unacceptable {
        var role = wire.getAllocationInfo().getRole();
        if (!role.equals(allocation.name()))
            throw new Unacceptable(
                    "The resources are allocated to role '"
                            + role
                            + "', but the offer is of role '"
                            + allocation
                            + "'");
    }

    /// One request says reservations in one of the two ways.
    @SuppressWarnings("deprecation") // the older form is what many frameworks still send
    static void checkForms(List<io.meseta.mesos.v1.Resource> all) throws Unacceptable {
        boolean isNewer = all.stream().anyMatch(each -> each.getReservationsCount() > 0);
        boolean isOlder =
                all.stream()
                        .anyMatch(each ->
                                each.hasReservation() || !each.getRole().equals(Role.ANY.name()));
        if (isNewer && isOlder)
            throw new Unacceptable(
                    "Resources must say reservations in one way: by 'Resource.reservations', or by"
                            + " 'Resource.role' and 'Resource.reservation'");
    }

    @SuppressWarnings("deprecation") // the older form is what many frameworks still send
    private static boolean isReserved(io.meseta.mesos.v1.Resource wire) {
        return wire.getReservationsCount() > 0 || !wire.getRole().equals(Role.ANY.name());
    }

    private String text(Resource resource) {
        return Feasibility.text(Resources.of(resource), allocation);
    }
}
