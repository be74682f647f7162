package io.meseta.model;

import io.meseta.model.rule.Orders;
import io.meseta.model.rule.Texts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What makes two amounts one resource: amounts of one kind add up, those of two never mix.
///
/// Reservations refine each other: the first may be static, the others are dynamic, and each is for
/// a role strictly below the one before. The last says who may use the resource.
///
/// @param revocable oversubscribed, so it may be taken back without asking
/// @param shared a volume that several tasks may use at once
/// @param provider the resource provider's id; empty for what the agent itself has
public record ResourceKind(
        String name,
        List<Reservation> reservations,
        Optional<Disk> disk,
        boolean revocable,
        boolean shared,
        Optional<String> provider)
        implements Comparable<ResourceKind> {

    static final int NAME_BYTES_MAX = 255;

    private static final Comparator<Optional<Disk>> DISKS =
            Orders.optional(Comparator.naturalOrder());

    private static final Comparator<Optional<String>> PROVIDERS =
            Orders.optional(Comparator.naturalOrder());

    public ResourceKind {
        if (name.isEmpty()) throw new IllegalArgumentException("Empty resource name");
        if (Texts.isLongerThan(NAME_BYTES_MAX, name)) {
            throw new IllegalArgumentException(
                    "Resource names cannot be greater than " + NAME_BYTES_MAX + " bytes");
        }
        reservations = List.copyOf(reservations);
        for (int i = 1; i < reservations.size(); i++) {
            checkRefines(reservations.get(i), reservations.get(i - 1));
        }
    }

    /// Unreserved, not revocable, of the agent itself.
    public static ResourceKind plain(String name) {
        return new ResourceKind(name, List.of(), Optional.empty(), false, false, Optional.empty());
    }

    public boolean isReserved() {
        return !reservations.isEmpty();
    }

    /// Whether more than one reservation is stacked: only some frameworks understand it.
    public boolean isRefined() {
        return reservations.size() > 1;
    }

    public boolean isPersistentVolume() {
        return disk.isPresent() && disk.get().persistence().isPresent();
    }

    /// Whether it is a device that is never split: a file system or a device of its own, or a piece
    /// of storage that has an identity.
    public boolean isIndivisible() {
        var source = disk.flatMap(Disk::source);
        if (source.isEmpty()) return false;
        return switch (source.get().type()) {
            case MOUNT, BLOCK -> true;
            case RAW -> source.get().id().isPresent();
            case PATH -> false;
        };
    }

    /// The role that the resource is reserved to; empty if unreserved.
    public Optional<Role> reservedRole() {
        return isReserved() ? Optional.of(reservations.getLast().role()) : Optional.empty();
    }

    /// Whether a framework of the role may be given it: unreserved, or reserved to the role or to
    /// one of its ancestors.
    public boolean isAllocatableTo(Role role) {
        if (reservations.isEmpty()) return true;
        var owner = reservations.getLast().role();
        return owner.equals(role) || owner.isAncestorOf(role);
    }

    /// This kind with one more reservation on top.
    public ResourceKind reserved(Reservation reservation) {
        var refined = new ArrayList<>(reservations);
        refined.add(reservation);
        return new ResourceKind(name, refined, disk, revocable, shared, provider);
    }

    @Override
    public int compareTo(ResourceKind other) {
        if (this == other) return 0;
        int order = name.compareTo(other.name);
        if (order != 0) return order;
        order = Orders.lexical(reservations, other.reservations);
        if (order != 0) return order;
        order = DISKS.compare(disk, other.disk);
        if (order != 0) return order;
        order = Boolean.compare(revocable, other.revocable);
        if (order != 0) return order;
        order = Boolean.compare(shared, other.shared);
        return order != 0 ? order : PROVIDERS.compare(provider, other.provider);
    }

    /// As Mesos prints it in its refusals: `disk(reservations: [(STATIC,dev)])[v1:data]{REV}`.
    @Override
    public String toString() {
        var text = new StringBuilder(name);
        if (isReserved()) {
            text.append("(reservations: [");
            for (int i = 0; i < reservations.size(); i++) {
                if (i > 0) text.append(',');
                text.append(reservations.get(i));
            }
            text.append("])");
        }
        disk.ifPresent(what -> text.append('[').append(what).append(']'));
        if (revocable) text.append("{REV}");
        if (shared) text.append("<SHARED>");
        return text.toString();
    }

    private static void checkRefines(Reservation reservation, Reservation refined) {
        if (reservation.type() != Reservation.Type.DYNAMIC) {
            throw new IllegalArgumentException("A refined reservation must be dynamic");
        }
        if (!refined.role().isAncestorOf(reservation.role())) {
            throw new IllegalArgumentException(
                    "A refined reservation must be for a sub-role of '%s', but is for '%s'"
                            .formatted(refined.role(), reservation.role()));
        }
    }
}
