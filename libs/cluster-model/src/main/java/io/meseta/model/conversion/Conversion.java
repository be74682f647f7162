package io.meseta.model.conversion;

import io.meseta.model.Disk;
import io.meseta.model.Resource;
import io.meseta.model.ResourceKind;
import io.meseta.model.Resources;
import io.meseta.model.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Some resources in the place of others: what an operation on resources does to an agent's total,
/// and to what is offered of it.
///
/// Quantities stay as they are. Only what the resources are changes: for whom they are reserved,
/// and whether they are a volume.
///
/// @param consumed what is no longer there
/// @param converted what is there instead
public record Conversion(Resources consumed, Resources converted) {

    /// Takes the last reservation away from what shall be reserved, to find what it is made of.
    ///
    /// @param reserved as they shall be
    /// @throws IllegalArgumentException if one is not reserved
    public static Conversion reserving(List<Resource> reserved) {
        return undoing(reserved, Conversion::withoutReservation);
    }

    /// @param reserved as they are
    /// @throws IllegalArgumentException if one is not reserved
    public static Conversion unreserving(List<Resource> reserved) {
        return reserving(reserved).inverse();
    }

    /// @param volumes as they shall be
    /// @throws IllegalArgumentException if one is no persistent volume
    public static Conversion creating(List<Resource> volumes) {
        return undoing(volumes, Conversion::withoutVolume);
    }

    /// @param volumes as they are
    /// @throws IllegalArgumentException if one is no persistent volume
    public static Conversion destroying(List<Resource> volumes) {
        return creating(volumes).inverse();
    }

    /// Adds space of the volume's own sort to it.
    ///
    /// @throws IllegalArgumentException if the volume is none, or the addition is not what it is
    ///   made of
    public static Conversion growing(Resource volume, Resource addition) {
        if (!withoutVolume(volume.kind()).equals(addition.kind()))
            throw new IllegalArgumentException(
                    addition + " is not of the sort that " + volume + " is made of");
        var grown = new Resource(volume.kind(), volume.amount().plus(addition.amount()));
        return new Conversion(Resources.of(volume, addition), Resources.of(grown));
    }

    /// Takes space from a volume; some of it must be left.
    ///
    /// @throws IllegalArgumentException if the volume is none, or has no more than that
    public static Conversion shrinking(Resource volume, Scalar subtract) {
        var freed = new Resource(withoutVolume(volume.kind()), subtract);
        var left = volume.amount().minus(subtract);
        if (left.isEmpty()) throw new IllegalArgumentException("nothing of " + volume + " is left");
        var shrunk = new Resource(volume.kind(), left);
        return new Conversion(Resources.of(volume), Resources.of(shrunk, freed));
    }

    /// What undoes this one.
    public Conversion inverse() {
        return new Conversion(converted, consumed);
    }

    /// The resources once they are converted; empty if they do not hold what is consumed, or have a
    /// volume already that this would make: a volume is one thing, and never there twice. Also
    /// empty if amounts of two types would have to be added up.
    public Optional<Resources> of(Resources resources) {
        if (!resources.canGive(consumed)) return Optional.empty();
        var rest = resources.minus(consumed);
        boolean fits = rest.stream().noneMatch(this::isInTheWay);
        return fits ? Optional.of(rest.plus(converted)) : Optional.empty();
    }

    private boolean isInTheWay(Resource there) {
        return converted.stream()
                .filter(each -> each.kind().equals(there.kind()))
                .anyMatch(each ->
                        each.kind().isPersistentVolume()
                                || each.amount().getClass() != there.amount().getClass());
    }

    /// The first of what is consumed that the resources do not hold; all of it if each alone is
    /// there.
    public Resources missingFrom(Resources resources) {
        return consumed.stream()
                .map(Resources::of)
                .filter(each -> !resources.canGive(each))
                .findFirst()
                .orElse(consumed);
    }

    private static Conversion undoing(List<Resource> made, UnaryOperator<ResourceKind> undo) {
        var before = new ArrayList<Resource>();
        for (var each : made) before.add(new Resource(undo.apply(each.kind()), each.amount()));
        return new Conversion(Resources.of(before), Resources.of(made));
    }

    private static ResourceKind withoutReservation(ResourceKind kind) {
        var stack = kind.reservations();
        if (stack.isEmpty()) throw new IllegalArgumentException(kind + " is not reserved");
        return new ResourceKind(
                kind.name(),
                stack.subList(0, stack.size() - 1),
                kind.disk(),
                kind.revocable(),
                kind.shared(),
                kind.provider());
    }

    private static ResourceKind withoutVolume(ResourceKind kind) {
        if (!kind.isPersistentVolume())
            throw new IllegalArgumentException(kind + " is not a persistent volume");
        var source = kind.disk().flatMap(Disk::source);
        return new ResourceKind(
                kind.name(),
                kind.reservations(),
                source.map(each -> new Disk(Optional.empty(), Optional.of(each))),
                kind.revocable(),
                false,
                kind.provider());
    }
}
