package io.meseta.agent.core.holding;

import io.meseta.model.Opaque;
import io.meseta.model.Reservation;
import io.meseta.model.Resource;
import io.meseta.model.ResourceKind;
import io.meseta.model.Resources;
import io.meseta.model.conversion.Conversion;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.pcollections.PSortedMap;
import org.pcollections.PSortedSet;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/// What operations have taken of the machine's resources and what they have made of it, and how
/// those operations ended of which the master may not have heard.
///
/// @param machine what the machine has by its settings. Not kept on disk: it is said anew at each
///   start
/// @param taken what of it is something else now
/// @param made what that is: reserved by operations, or a volume
/// @param doomed volumes whose data is yet to be deleted
/// @param outcomes by the numbers of their orders
public record Holdings(
        Resources machine,
        Resources taken,
        Resources made,
        PSortedSet<VolumeName> doomed,
        PSortedMap<Long, Outcome> outcomes) {

    public static Holdings none() {
        return new Holdings(
                Resources.EMPTY,
                Resources.EMPTY,
                Resources.EMPTY,
                TreePSet.empty(),
                TreePMap.empty());
    }

    /// On a machine that has these resources by its settings.
    public Holdings on(Resources settings) {
        return new Holdings(settings, taken, made, doomed, outcomes);
    }

    /// Whether the machine still has what operations were made with.
    public boolean isCovered() {
        return machine.contains(taken);
    }

    /// All that there is.
    public Resources total() {
        return machine.without(taken).plus(made);
    }

    /// The volumes that must be on disk.
    public SortedSet<VolumeName> volumes() {
        return names(made);
    }

    /// Whether there is what an operation is to be done with.
    public boolean allows(Conversion conversion) {
        return conversion.of(total()).isPresent();
    }

    /// Once an operation counts. The data of a volume that it ends is to be deleted, even if
    /// another volume of that name comes into being before that has been done.
    public Holdings after(long order, Conversion conversion, Opaque about) {
        var consumed = conversion.consumed();
        var converted = conversion.converted();
        var ended = new TreeSet<>(names(consumed));
        ended.removeAll(names(converted));
        return new Holdings(
                machine,
                taken.plus(ofMachine(consumed)).without(ofMachine(converted)),
                made.without(byOperations(consumed)).plus(byOperations(converted)),
                doomed.plusAll(ended),
                outcomes.plus(order, Outcome.promised(order, about)));
    }

    /// Once the disk has followed the operations up to this order. What is doomed stays so until it
    /// has followed all of them.
    public Holdings settled(long order) {
        var all = outcomes;
        for (var outcome : outcomes.values())
            if (outcome.isPending() && outcome.order() <= order)
                all = all.plus(outcome.order(), outcome.finished());
        boolean isAll = all.values().stream().noneMatch(Outcome::isPending);
        return new Holdings(machine, taken, made, isAll ? TreePSet.empty() : doomed, all);
    }

    /// Once an operation has ended that did nothing.
    public Holdings with(Outcome outcome) {
        return new Holdings(machine, taken, made, doomed, outcomes.plus(outcome.order(), outcome));
    }

    public Holdings without(long order) {
        return new Holdings(machine, taken, made, doomed, outcomes.minus(order));
    }

    /// As a new agent on the same machine: what was made stays, nobody waits to hear of it.
    public Holdings startedOver() {
        return new Holdings(machine, taken, made, doomed, TreePMap.empty());
    }

    public Optional<Outcome> outcome(long order) {
        return Optional.ofNullable(outcomes.get(order));
    }

    /// The newest operation that the disk is to follow; 0 for none.
    public long pending() {
        return outcomes.values().stream()
                .filter(Outcome::isPending)
                .mapToLong(Outcome::order)
                .max()
                .orElse(0);
    }

    private static SortedSet<VolumeName> names(Resources resources) {
        var names = new TreeSet<VolumeName>();
        for (var kind : resources.kinds()) VolumeName.of(kind).ifPresent(names::add);
        return names;
    }

    private static Resources ofMachine(Resources resources) {
        return resources.filter(each -> !isMade(each));
    }

    private static Resources byOperations(Resources resources) {
        return resources.filter(Holdings::isMade);
    }

    /// Settings reserve statically only, and make no volumes.
    private static boolean isMade(Resource resource) {
        ResourceKind kind = resource.kind();
        return kind.isPersistentVolume()
                || (kind.isReserved()
                        && kind.reservations().getLast().type() == Reservation.Type.DYNAMIC);
    }
}
