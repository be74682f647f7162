package io.meseta.mesos.resources;

import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.Resource.DiskInfo.Source;
import io.meseta.mesos.v1.Resource.ReservationInfo;
import io.meseta.model.Scalar;
import java.util.HashSet;

/// What Mesos asks of each resource on the wire, in its words.
final class ResourceRules {

    private ResourceRules() {}

    static void check(Resource wire) throws InvalidResource {
        if (wire.getName().isEmpty()) throw new InvalidResource("Empty resource name");
        switch (wire.getType()) {
            case SCALAR -> checkScalar(wire);
            case RANGES -> checkRanges(wire);
            case SET -> checkSet(wire);
            case TEXT -> throw new InvalidResource("Unsupported resource type");
        }
        if (wire.hasDisk()) checkDisk(wire);
        if (wire.getReservationsCount() > 0) checkReservations(wire);
    }

    private static void checkScalar(Resource wire) throws InvalidResource {
        if (!wire.hasScalar() || wire.hasRanges() || wire.hasSet())
            throw new InvalidResource("Invalid scalar resource");
        double value = wire.getScalar().getValue();
        // What is not nothing but would become nothing is refused too.
        if (value < 0 || (value > 0 && Scalar.ofWire(value).isEmpty()))
            throw new InvalidResource("Invalid scalar resource: value <= 0");
    }

    private static void checkRanges(Resource wire) throws InvalidResource {
        if (!wire.hasRanges() || wire.hasScalar() || wire.hasSet())
            throw new InvalidResource("Invalid ranges resource");
        var sorted =
                wire.getRanges().getRangeList().stream()
                        .sorted((left, right) ->
                                Long.compareUnsigned(left.getBegin(), right.getBegin()))
                        .toList();
        long end = -1;
        for (var range : sorted) {
            if (Long.compareUnsigned(range.getBegin(), range.getEnd()) > 0)
                throw new InvalidResource("Invalid ranges resource: begin > end");
            if (range.getBegin() < 0 || range.getEnd() < 0)
                throw new InvalidResource("Invalid ranges resource: too large a number");
            if (range.getBegin() <= end)
                throw new InvalidResource("Invalid ranges resource: overlapping ranges");
            end = range.getEnd();
        }
    }

    private static void checkSet(Resource wire) throws InvalidResource {
        if (!wire.hasSet() || wire.hasScalar() || wire.hasRanges())
            throw new InvalidResource("Invalid set resource");
        var items = wire.getSet().getItemList();
        if (new HashSet<>(items).size() < items.size())
            throw new InvalidResource("Invalid set resource: duplicated elements");
    }

    private static void checkDisk(Resource wire) throws InvalidResource {
        if (!wire.getName().equals("disk"))
            throw new InvalidResource(
                    "DiskInfo should not be set for " + wire.getName() + " resource");
        var disk = wire.getDisk();
        if (!disk.hasPersistence() && !disk.hasSource())
            throw new InvalidResource("DiskInfo is set but empty");
        var source = disk.getSource();
        boolean isRaw =
                disk.hasSource()
                        && (source.getType() == Source.Type.BLOCK
                                || source.getType() == Source.Type.RAW);
        if (isRaw && source.hasMount())
            throw new InvalidResource(
                    "Mount should not be set for " + source.getType() + " disk source");
        if (isRaw && source.hasPath())
            throw new InvalidResource(
                    "Path should not be set for " + source.getType() + " disk source");
    }

    private static void checkReservations(Resource wire) throws InvalidResource {
        for (int i = 1; i < wire.getReservationsCount(); i++) {
            var refinement = wire.getReservations(i);
            if (refinement.getType() == ReservationInfo.Type.STATIC)
                throw new InvalidResource(
                        "Invalid refined reservation: A refined reservation cannot be STATIC");
            var ancestor = wire.getReservations(i - 1).getRole();
            if (!refinement.getRole().startsWith(ancestor + "/"))
                throw new InvalidResource(
                        "Invalid refined reservation: role '%s' is not a refinement of '%s'"
                                .formatted(refinement.getRole(), ancestor));
        }
        if (wire.getReservationsCount() == 1) checkBothForms(wire, wire.getReservations(0));
        else checkNewerForm(wire);
    }

    /// What endpoints show says a single reservation in both forms, and may be sent back so.
    @SuppressWarnings("deprecation") // the older form is what many frameworks still send
    private static void checkBothForms(Resource wire, ReservationInfo only) throws InvalidResource {
        if (wire.hasRole() && !wire.getRole().equals(only.getRole()))
            throw new InvalidResource(
                    ("Invalid resource format: 'Resource.role' field with '%s' does not match the"
                                    + " role '%s' in 'Resource.reservations'")
                            .formatted(wire.getRole(), only.getRole()));
        if (only.getType() == ReservationInfo.Type.STATIC) {
            if (wire.hasReservation())
                throw new InvalidResource(
                        "Invalid resource format: 'Resource.reservation' must not be set if the"
                                + " single reservation in 'Resource.reservations' is STATIC");
            return;
        }
        if (wire.hasRole() != wire.hasReservation())
            throw new InvalidResource(
                    "Invalid resource format: 'Resource.role' and 'Resource.reservation' must"
                            + " either be both set or both not set if the single reservation in"
                            + " 'Resource.reservations' is DYNAMIC");
        if (!wire.hasReservation()) return;
        var older = wire.getReservation();
        if (!older.getPrincipal().equals(only.getPrincipal()))
            throw new InvalidResource(
                    ("Invalid resource format: 'Resource.reservation.principal' field with '%s'"
                                    + " does not match the principal '%s' in"
                                    + " 'Resource.reservations'")
                            .formatted(older.getPrincipal(), only.getPrincipal()));
        if (!older.getLabels().equals(only.getLabels()))
            throw new InvalidResource(
                    "Invalid resource format: 'Resource.reservation.labels' field does not match"
                            + " the labels in 'Resource.reservations'");
    }

    @SuppressWarnings("deprecation") // the older form is what many frameworks still send
    private static void checkNewerForm(Resource wire) throws InvalidResource {
        if (wire.hasRole())
            throw new InvalidResource(
                    "Invalid resource format: 'Resource.role' must not be set if there is more"
                            + " than one reservation in 'Resource.reservations'");
        if (wire.hasReservation())
            throw new InvalidResource(
                    "Invalid resource format: 'Resource.reservation' must not be set if there is"
                            + " more than one reservation in 'Resource.reservations'");
    }

    /// The last of Mesos' checks, after those of reservations and disks.
    static void checkSharing(Resource wire) throws InvalidResource {
        if (!wire.hasShared()) return;
        if (!wire.getName().equals("disk"))
            throw new InvalidResource("Resource " + wire.getName() + " cannot be shared");
        if (!wire.getDisk().hasPersistence())
            throw new InvalidResource("Only persistent volumes can be shared");
    }
}
