package io.meseta.mesos.resources;

import io.meseta.mesos.v1.Resource.AllocationInfo;
import io.meseta.mesos.v1.Resource.DiskInfo;
import io.meseta.mesos.v1.Resource.ReservationInfo;
import io.meseta.mesos.v1.ResourceProviderID;
import io.meseta.mesos.v1.Value;
import io.meseta.mesos.v1.Volume;
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

/// Writes resources in the form that their reader understands.
///
/// @param form how reservations are said
/// @param allocation the role that each resource is said to be allocated to; empty for none
public record ResourceWriting(Form form, Optional<Role> allocation) {

    /// The ways to say a reservation.
    public enum Form {
        /// `role` and `reservation`; a stack of reservations cannot be said.
        OLDER,
        /// `reservations` alone.
        NEWER,
        /// Both, where both can say it: for readers of whom nothing is known.
        BOTH
    }

    public static final ResourceWriting FOR_ANYONE =
            new ResourceWriting(Form.BOTH, Optional.empty());

    public ResourceWriting allocatedTo(Role role) {
        return new ResourceWriting(form, Optional.of(role));
    }

    public List<io.meseta.mesos.v1.Resource> write(Resources resources) {
        var all = new ArrayList<io.meseta.mesos.v1.Resource>();
        resources.stream()
                .forEach(each -> {
                    var wire = write(each);
                    for (int i = 0; i < resources.copies(each.kind()); i++) all.add(wire);
                });
        return all;
    }

    private io.meseta.mesos.v1.Resource write(Resource resource) {
        var kind = resource.kind();
        var wire = io.meseta.mesos.v1.Resource.newBuilder().setName(kind.name());
        switch (resource.amount()) {
            case Scalar scalar ->
                    wire.setType(Value.Type.SCALAR)
                            .setScalar(Value.Scalar.newBuilder().setValue(scalar.toWire()));
            case Ranges ranges -> wire.setType(Value.Type.RANGES).setRanges(ranges(ranges));
            case Items items ->
                    wire.setType(Value.Type.SET)
                            .setSet(Value.Set.newBuilder().addAllItem(items.names()));
        }
        if (form != Form.OLDER)
            for (var each : kind.reservations()) wire.addReservations(newer(each));
        if (form != Form.NEWER) older(kind, wire);
        kind.disk().ifPresent(disk -> wire.setDisk(disk(disk)));
        if (kind.revocable())
            wire.setRevocable(io.meseta.mesos.v1.Resource.RevocableInfo.getDefaultInstance());
        if (kind.shared())
            wire.setShared(io.meseta.mesos.v1.Resource.SharedInfo.getDefaultInstance());
        kind.provider()
                .ifPresent(id -> wire.setProviderId(ResourceProviderID.newBuilder().setValue(id)));
        allocation.ifPresent(
                role -> wire.setAllocationInfo(AllocationInfo.newBuilder().setRole(role.name())));
        return wire.build();
    }

    private static Value.Ranges ranges(Ranges ranges) {
        var wire = Value.Ranges.newBuilder();
        for (var range : ranges.ranges())
            wire.addRange(Value.Range.newBuilder().setBegin(range.begin()).setEnd(range.end()));
        return wire.build();
    }

    @SuppressWarnings("deprecation") // the older form is what many frameworks still read
    private static void older(ResourceKind kind, io.meseta.mesos.v1.Resource.Builder wire) {
        if (!kind.isReserved()) {
            wire.setRole(Role.ANY.name());
            return;
        }
        if (kind.isRefined()) return;
        var only = kind.reservations().getFirst();
        wire.setRole(only.role().name());
        if (only.type() == Reservation.Type.STATIC) return;
        var reservation = ReservationInfo.newBuilder();
        describe(only, reservation);
        wire.setReservation(reservation);
    }

    private static ReservationInfo newer(Reservation reservation) {
        var wire = ReservationInfo.newBuilder().setRole(reservation.role().name());
        wire.setType(
                switch (reservation.type()) {
                    case STATIC -> ReservationInfo.Type.STATIC;
                    case DYNAMIC -> ReservationInfo.Type.DYNAMIC;
                });
        describe(reservation, wire);
        return wire.build();
    }

    private static void describe(Reservation reservation, ReservationInfo.Builder wire) {
        reservation.principal().ifPresent(wire::setPrincipal);
        if (!reservation.labels().isEmpty()) wire.setLabels(labels(reservation.labels()));
    }

    private static io.meseta.mesos.v1.Labels labels(Labels labels) {
        var wire = io.meseta.mesos.v1.Labels.newBuilder();
        for (var label : labels.labels()) {
            var each = io.meseta.mesos.v1.Label.newBuilder().setKey(label.key());
            label.value().ifPresent(each::setValue);
            wire.addLabels(each);
        }
        return wire.build();
    }

    private static DiskInfo disk(Disk disk) {
        var wire = DiskInfo.newBuilder();
        disk.persistence()
                .ifPresent(volume -> {
                    var id = DiskInfo.Persistence.newBuilder().setId(volume.id());
                    volume.principal().ifPresent(id::setPrincipal);
                    wire.setPersistence(id);
                    wire.setVolume(
                            Volume.newBuilder()
                                    .setContainerPath(volume.containerPath())
                                    .setMode(
                                            volume.mode() == Disk.Mode.RW
                                                    ? Volume.Mode.RW
                                                    : Volume.Mode.RO));
                });
        disk.source().ifPresent(source -> wire.setSource(source(source)));
        return wire.build();
    }

    private static DiskInfo.Source source(Disk.DiskSource source) {
        var wire = DiskInfo.Source.newBuilder();
        switch (source.type()) {
            case PATH -> {
                wire.setType(DiskInfo.Source.Type.PATH);
                source.root()
                        .ifPresent(root ->
                                wire.setPath(DiskInfo.Source.Path.newBuilder().setRoot(root)));
            }
            case MOUNT -> {
                wire.setType(DiskInfo.Source.Type.MOUNT);
                source.root()
                        .ifPresent(root ->
                                wire.setMount(DiskInfo.Source.Mount.newBuilder().setRoot(root)));
            }
            case BLOCK -> wire.setType(DiskInfo.Source.Type.BLOCK);
            case RAW -> wire.setType(DiskInfo.Source.Type.RAW);
        }
        source.id().ifPresent(wire::setId);
        source.profile().ifPresent(wire::setProfile);
        source.vendor().ifPresent(wire::setVendor);
        if (!source.metadata().isEmpty()) wire.setMetadata(labels(source.metadata()));
        return wire.build();
    }
}
