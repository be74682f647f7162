package io.meseta.simulator.nodes;

import io.meseta.master.core.cluster.Operation.Convert;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.operation.OperationSpec;
import io.meseta.model.Disk;
import io.meseta.model.Opaque;
import io.meseta.model.OperationId;
import io.meseta.model.Reservation;
import io.meseta.model.Resource;
import io.meseta.model.ResourceKind;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.Scalar;
import io.meseta.model.conversion.Conversion;
import io.meseta.model.conversion.OperationType;
import io.meseta.simulator.world.Chance;
import java.util.List;
import java.util.Optional;

/// Operations on resources as frameworks ask for them: most can be done, some ask for too much.
final class Wishes {

    private static final int WRONG_ONE_IN = 15;
    private static final int VOLUMES = 3;

    private Wishes() {}

    /// @param id empty for a framework that does not wait for the operation's end
    static Optional<Convert> drawn(Chance chance, Optional<OperationId> id, Offer offer) {
        var resources = offer.grant().resources().stream().toList();
        if (resources.isEmpty()) return Optional.empty();
        var one = chance.pick(resources);
        return spec(chance, one, offer.grant().role()).map(spec -> new Convert(id, spec, ""));
    }

    /// What an operator wants done to a resource, or in its place; also other reservations in the
    /// place of what is reserved.
    static Optional<OperationSpec> ofOperator(Chance chance, Resource one, Role role) {
        var kind = one.kind();
        boolean isUpdate =
                kind.isReserved()
                        && !kind.isPersistentVolume()
                        && one.amount() instanceof Scalar
                        && chance.oneIn(3);
        if (!isUpdate) return spec(chance, one, role);
        var part = part(chance, kind, (Scalar) one.amount());
        var other = ResourceKind.plain(kind.name()).reserved(Reservation.ofDynamic(role));
        return Optional.of(
                spec(
                        OperationType.RESERVE,
                        new Conversion(
                                Resources.of(part),
                                Resources.of(new Resource(other, part.amount())))));
    }

    private static Optional<OperationSpec> spec(Chance chance, Resource one, Role role) {
        if (!(one.amount() instanceof Scalar whole)) return Optional.empty();
        var kind = one.kind();
        if (kind.isPersistentVolume()) return Optional.of(onVolume(chance, one, whole));
        var part = part(chance, kind, whole);
        boolean isDynamic =
                kind.isReserved()
                        && kind.reservations().getLast().type() == Reservation.Type.DYNAMIC;
        if (isDynamic && kind.name().equals("disk") && chance.oneIn(2))
            return Optional.of(
                    spec(
                            OperationType.CREATE,
                            Conversion.creating(
                                    List.of(new Resource(volume(chance, kind), part.amount())))));
        if (isDynamic)
            return Optional.of(
                    spec(OperationType.UNRESERVE, Conversion.unreserving(List.of(part))));
        boolean mayReserve =
                !role.equals(Role.ANY)
                        && kind.reservedRole().filter(held -> !held.isAncestorOf(role)).isEmpty();
        if (!mayReserve) return Optional.empty();
        var reserved = new Resource(kind.reserved(Reservation.ofDynamic(role)), part.amount());
        return Optional.of(spec(OperationType.RESERVE, Conversion.reserving(List.of(reserved))));
    }

    private static OperationSpec onVolume(Chance chance, Resource volume, Scalar whole) {
        if (chance.oneIn(3) && whole.thousandths() > 1)
            return spec(
                    OperationType.SHRINK_VOLUME,
                    Conversion.shrinking(
                            volume, new Scalar(chance.between(1, whole.thousandths() - 1))));
        return spec(OperationType.DESTROY, Conversion.destroying(List.of(volume)));
    }

    private static OperationSpec spec(OperationType type, Conversion conversion) {
        return new OperationSpec(type, conversion, Opaque.EMPTY);
    }

    private static Resource part(Chance chance, ResourceKind kind, Scalar whole) {
        long most = chance.oneIn(WRONG_ONE_IN) ? 2 * whole.thousandths() : whole.thousandths();
        return new Resource(kind, new Scalar(chance.between(1, most)));
    }

    private static ResourceKind volume(Chance chance, ResourceKind reserved) {
        var persistence =
                new Disk.Persistence(
                        "v" + chance.below(VOLUMES), Optional.empty(), "data", Disk.Mode.RW);
        return new ResourceKind(
                reserved.name(),
                reserved.reservations(),
                Optional.of(new Disk(Optional.of(persistence), Optional.empty())),
                false,
                false,
                Optional.empty());
    }
}
