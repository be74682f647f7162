package io.meseta.master.journal.codec;

import static io.meseta.master.journal.codec.PlainRows.known;

import io.meseta.master.journal.v1.DiskRow;
import io.meseta.master.journal.v1.ItemsRow;
import io.meseta.master.journal.v1.LabelRow;
import io.meseta.master.journal.v1.RangesRow;
import io.meseta.master.journal.v1.ReservationRow;
import io.meseta.master.journal.v1.ResourceRow;
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

/// Resources with all that tells them apart.
final class ResourceRows {

    private ResourceRows() {}

    static List<ResourceRow> of(Resources resources) {
        return resources.stream().map(each -> of(each, resources.copies(each.kind()))).toList();
    }

    static Resources toResources(List<ResourceRow> rows) {
        var all = new ArrayList<Resource>(rows.size());
        for (var row : rows) {
            var resource = toResource(row);
            all.add(resource);
            for (int copy = 1; copy < row.getCopies(); copy++) all.add(resource);
        }
        return Resources.of(all);
    }

    private static ResourceRow of(Resource resource, int copies) {
        var kind = resource.kind();
        var row =
                ResourceRow.newBuilder()
                        .setName(kind.name())
                        .setRevocable(kind.revocable())
                        .setShared(kind.shared());
        for (var reservation : kind.reservations()) row.addReservations(of(reservation));
        kind.disk().ifPresent(disk -> row.setDisk(of(disk)));
        kind.provider().ifPresent(row::setProvider);
        if (copies > 1) row.setCopies(copies);
        switch (resource.amount()) {
            case Scalar(long thousandths) -> row.setThousandths(thousandths);
            case Ranges ranges -> row.setRanges(of(ranges));
            case Items(var names) -> row.setItems(ItemsRow.newBuilder().addAllNames(names));
        }
        return row.build();
    }

    private static Resource toResource(ResourceRow row) {
        known(row);
        var kind =
                new ResourceKind(
                        row.getName(),
                        row.getReservationsList().stream()
                                .map(ResourceRows::toReservation)
                                .toList(),
                        row.hasDisk() ? Optional.of(toDisk(row.getDisk())) : Optional.empty(),
                        row.getRevocable(),
                        row.getShared(),
                        row.hasProvider() ? Optional.of(row.getProvider()) : Optional.empty());
        return new Resource(kind, toAmount(row));
    }

    private static Amount toAmount(ResourceRow row) {
        return switch (row.getAmountCase()) {
            case THOUSANDTHS -> new Scalar(row.getThousandths());
            case RANGES -> toRanges(known(row.getRanges()));
            case ITEMS -> Items.of(known(row.getItems()).getNamesList());
            case AMOUNT_NOT_SET -> throw new UnknownContent("an amount is missing");
        };
    }

    private static RangesRow of(Ranges ranges) {
        var row = RangesRow.newBuilder();
        for (var range : ranges.ranges()) row.addBounds(range.begin()).addBounds(range.end());
        return row.build();
    }

    private static Ranges toRanges(RangesRow row) {
        var ranges = new ArrayList<Ranges.Range>(row.getBoundsCount() / 2);
        for (int i = 0; i + 1 < row.getBoundsCount(); i += 2)
            ranges.add(new Ranges.Range(row.getBounds(i), row.getBounds(i + 1)));
        return new Ranges(ranges);
    }

    private static ReservationRow of(Reservation reservation) {
        var row =
                ReservationRow.newBuilder()
                        .setType(Codes.RESERVATIONS.of(reservation.type()))
                        .setRole(reservation.role().name())
                        .addAllLabels(of(reservation.labels()));
        reservation.principal().ifPresent(row::setPrincipal);
        return row.build();
    }

    private static Reservation toReservation(ReservationRow row) {
        known(row);
        return new Reservation(
                Codes.RESERVATIONS.from(row.getType()),
                new Role(row.getRole()),
                row.hasPrincipal() ? Optional.of(row.getPrincipal()) : Optional.empty(),
                toLabels(row.getLabelsList()));
    }

    private static List<LabelRow> of(Labels labels) {
        return labels.labels().stream().map(ResourceRows::of).toList();
    }

    private static LabelRow of(Labels.Label label) {
        var row = LabelRow.newBuilder().setKey(label.key());
        label.value().ifPresent(row::setValue);
        return row.build();
    }

    private static Labels toLabels(List<LabelRow> rows) {
        return new Labels(rows.stream().map(ResourceRows::toLabel).toList());
    }

    private static Labels.Label toLabel(LabelRow row) {
        known(row);
        return new Labels.Label(
                row.getKey(), row.hasValue() ? Optional.of(row.getValue()) : Optional.empty());
    }

    private static DiskRow of(Disk disk) {
        var row = DiskRow.newBuilder();
        disk.persistence().ifPresent(each -> row.setPersistence(of(each)));
        disk.source().ifPresent(each -> row.setSource(of(each)));
        return row.build();
    }

    private static Disk toDisk(DiskRow row) {
        known(row);
        return new Disk(
                row.hasPersistence()
                        ? Optional.of(toPersistence(known(row.getPersistence())))
                        : Optional.empty(),
                row.hasSource() ? Optional.of(toSource(known(row.getSource()))) : Optional.empty());
    }

    private static DiskRow.Persistence of(Disk.Persistence persistence) {
        var row =
                DiskRow.Persistence.newBuilder()
                        .setId(persistence.id())
                        .setContainerPath(persistence.containerPath())
                        .setMode(Codes.MODES.of(persistence.mode()));
        persistence.principal().ifPresent(row::setPrincipal);
        return row.build();
    }

    private static Disk.Persistence toPersistence(DiskRow.Persistence row) {
        return new Disk.Persistence(
                row.getId(),
                row.hasPrincipal() ? Optional.of(row.getPrincipal()) : Optional.empty(),
                row.getContainerPath(),
                Codes.MODES.from(row.getMode()));
    }

    private static DiskRow.Source of(Disk.DiskSource source) {
        var row =
                DiskRow.Source.newBuilder()
                        .setType(Codes.DISK_SOURCES.of(source.type()))
                        .addAllMetadata(of(source.metadata()));
        source.root().ifPresent(row::setRoot);
        source.id().ifPresent(row::setId);
        source.profile().ifPresent(row::setProfile);
        source.vendor().ifPresent(row::setVendor);
        return row.build();
    }

    private static Disk.DiskSource toSource(DiskRow.Source row) {
        return new Disk.DiskSource(
                Codes.DISK_SOURCES.from(row.getType()),
                row.hasRoot() ? Optional.of(row.getRoot()) : Optional.empty(),
                row.hasId() ? Optional.of(row.getId()) : Optional.empty(),
                row.hasProfile() ? Optional.of(row.getProfile()) : Optional.empty(),
                row.hasVendor() ? Optional.of(row.getVendor()) : Optional.empty(),
                toLabels(row.getMetadataList()));
    }
}
