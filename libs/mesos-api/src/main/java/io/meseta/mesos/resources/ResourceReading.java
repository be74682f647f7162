package io.meseta.mesos.resources;

import io.meseta.mesos.v1.Resource.ReservationInfo;
import io.meseta.mesos.v1.Value;
import io.meseta.model.Amount;
import io.meseta.model.Disk;
import io.meseta.model.Items;
import io.meseta.model.Labels;
import io.meseta.model.Ranges;
import io.meseta.model.Reservation;
import io.meseta.model.Resource;
import io.meseta.model.ResourceKind;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Reads resources, in the older form of reservations (`role`, `reservation`) or the newer one
/// (`reservations`).
public final class ResourceReading {

    private ResourceReading() {}

    /// All of them, summed up.
    public static Resources read(List<io.meseta.mesos.v1.Resource> wire) throws InvalidResource {
        var all = new ArrayList<Resource>(wire.size());
        for (var each : wire) all.add(read(each));
        try {
            return Resources.of(all);
        } catch (IllegalArgumentException | ArithmeticException mixed) {
            throw new InvalidResource("Invalid resources: " + mixed.getMessage());
        }
    }

    /// The roles that resources say they are allocated to.
    public static SortedSet<String> allocationRoles(List<io.meseta.mesos.v1.Resource> wire) {
        var roles = new TreeSet<String>();
        for (var each : wire)
            if (each.hasAllocationInfo()) roles.add(each.getAllocationInfo().getRole());
        return roles;
    }

    private static Resource read(io.meseta.mesos.v1.Resource wire) throws InvalidResource {
        try {
            ResourceRules.check(wire);
            var read = new Resource(kind(wire), amount(wire));
            ResourceRules.checkSharing(wire);
            return read;
        } catch (IllegalArgumentException refused) {
            throw invalid(wire, String.valueOf(refused.getMessage()));
        } catch (InvalidResource refused) {
            throw invalid(wire, refused.getMessage());
        }
    }

    private static InvalidResource invalid(io.meseta.mesos.v1.Resource wire, String why) {
        return new InvalidResource("Resource '" + ResourceText.of(wire) + "' is invalid: " + why);
    }

    private static Amount amount(io.meseta.mesos.v1.Resource wire) throws InvalidResource {
        return switch (wire.getType()) {
            case SCALAR -> Scalar.ofWire(wire.getScalar().getValue());
            case RANGES -> ranges(wire.getRanges());
            case SET -> Items.of(wire.getSet().getItemList());
            case TEXT -> throw new InvalidResource("Unsupported resource type");
        };
    }

    private static Ranges ranges(Value.Ranges wire) {
        return new Ranges(
                wire.getRangeList().stream()
                        .map(range -> new Ranges.Range(range.getBegin(), range.getEnd()))
                        .toList());
    }

    private static ResourceKind kind(io.meseta.mesos.v1.Resource wire) throws InvalidResource {
        return new ResourceKind(
                wire.getName(),
                reservations(wire),
                disk(wire),
                wire.hasRevocable(),
                wire.hasShared(),
                wire.hasProviderId()
                        ? Optional.of(wire.getProviderId().getValue())
                        : Optional.empty());
    }

    @SuppressWarnings("deprecation") // the older form is what many frameworks still send
    private static List<Reservation> reservations(io.meseta.mesos.v1.Resource wire)
            throws InvalidResource {
        if (wire.getReservationsCount() > 0) {
            var stack = new ArrayList<Reservation>();
            for (var each : wire.getReservationsList()) stack.add(refined(each));
            return stack;
        }
        if (wire.getRole().equals(Role.ANY.name())) {
            if (!wire.hasReservation()) return List.of();
            throw new InvalidResource(
                    "Invalid reservation: role \"*\" cannot be dynamically reserved");
        }
        var role = role(wire.getRole());
        if (!wire.hasReservation()) return List.of(Reservation.ofStatic(role));
        if (wire.getReservation().hasType())
            throw new InvalidResource(
                    "'Resource.ReservationInfo.type' must not be set for"
                            + " the 'Resource.reservation' field");
        if (wire.getReservation().hasRole())
            throw new InvalidResource(
                    "'Resource.ReservationInfo.role' must not be set for"
                            + " the 'Resource.reservation' field");
        return List.of(reservation(Reservation.Type.DYNAMIC, role, wire.getReservation()));
    }

    private static Reservation refined(ReservationInfo wire) throws InvalidResource {
        if (!wire.hasType() || wire.getType() == ReservationInfo.Type.UNKNOWN)
            throw new InvalidResource(
                    "Invalid reservation: 'Resource.ReservationInfo.type' field must be set.");
        if (!wire.hasRole())
            throw new InvalidResource(
                    "Invalid reservation: 'Resource.ReservationInfo.role' field must be set.");
        var role = role(wire.getRole());
        if (role.equals(Role.ANY))
            throw new InvalidResource("Invalid reservation: role \"*\" cannot be reserved");
        var type =
                wire.getType() == ReservationInfo.Type.STATIC
                        ? Reservation.Type.STATIC
                        : Reservation.Type.DYNAMIC;
        return reservation(type, role, wire);
    }

    private static Reservation reservation(Reservation.Type type, Role role, ReservationInfo wire) {
        return new Reservation(
                type,
                role,
                wire.hasPrincipal() ? Optional.of(wire.getPrincipal()) : Optional.empty(),
                labels(wire.getLabels()));
    }

    private static Role role(String name) throws InvalidResource {
        var problem = Role.problem(name);
        if (problem.isPresent()) throw new InvalidResource(problem.get());
        return new Role(name);
    }

    private static Labels labels(io.meseta.mesos.v1.Labels wire) {
        return new Labels(
                wire.getLabelsList().stream()
                        .map(label ->
                                new Labels.Label(
                                        label.getKey(),
                                        label.hasValue()
                                                ? Optional.of(label.getValue())
                                                : Optional.empty()))
                        .toList());
    }

    private static Optional<Disk> disk(io.meseta.mesos.v1.Resource wire) throws InvalidResource {
        if (!wire.hasDisk()) return Optional.empty();
        var disk = wire.getDisk();
        return Optional.of(
                new Disk(
                        disk.hasPersistence() ? Optional.of(persistence(disk)) : Optional.empty(),
                        disk.hasSource()
                                ? Optional.of(source(disk.getSource()))
                                : Optional.empty()));
    }

    private static Disk.Persistence persistence(io.meseta.mesos.v1.Resource.DiskInfo wire)
            throws InvalidResource {
        if (!wire.hasVolume())
            throw new InvalidResource("Expecting 'volume' to be set for persistent volume");
        var persistence = wire.getPersistence();
        return new Disk.Persistence(
                persistence.getId(),
                persistence.hasPrincipal()
                        ? Optional.of(persistence.getPrincipal())
                        : Optional.empty(),
                wire.getVolume().getContainerPath(),
                switch (wire.getVolume().getMode()) {
                    case RW -> Disk.Mode.RW;
                    case RO -> Disk.Mode.RO;
                });
    }

    private static Disk.DiskSource source(io.meseta.mesos.v1.Resource.DiskInfo.Source wire)
            throws InvalidResource {
        var type =
                switch (wire.getType()) {
                    case PATH -> Disk.DiskSource.Type.PATH;
                    case MOUNT -> Disk.DiskSource.Type.MOUNT;
                    case BLOCK -> Disk.DiskSource.Type.BLOCK;
                    case RAW -> Disk.DiskSource.Type.RAW;
                    case UNKNOWN -> throw new InvalidResource("Unsupported 'DiskInfo.Source.Type'");
                };
        var root =
                wire.getPath().hasRoot()
                        ? Optional.of(wire.getPath().getRoot())
                        : Optional.of(wire.getMount().getRoot())
                                .filter(_ -> wire.getMount().hasRoot());
        return new Disk.DiskSource(
                type,
                root,
                wire.hasId() ? Optional.of(wire.getId()) : Optional.empty(),
                wire.hasProfile() ? Optional.of(wire.getProfile()) : Optional.empty(),
                wire.hasVendor() ? Optional.of(wire.getVendor()) : Optional.empty(),
                labels(wire.getMetadata()));
    }
}
