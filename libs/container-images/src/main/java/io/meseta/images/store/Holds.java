package io.meseta.images.store;

import io.meseta.images.reference.Digest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/// Who keeps which layers: pulls for as long as they run, containers until they say so.
///
/// Synchronized: a collection decides and takes layers away under the same lock under which they
/// are held, and nothing else could keep the two apart. Nothing slow happens under it.
final class Holds {

    private final Places places;
    private final Durable durable;
    private final Map<Digest, Integer> held = new HashMap<>();
    private final Map<String, Set<Digest>> leased = new TreeMap<>();

    Holds(Places places, Durable durable) {
        this.places = places;
        this.durable = durable;
    }

    /// Takes up the leases of the last process.
    synchronized void recover() {
        for (var file : Durable.list(places.leases())) {
            Records.owner(file).ifPresent(owner -> leased.put(owner, Records.leased(file)));
        }
    }

    synchronized Hold hold(List<Digest> layers) {
        var kept = new ArrayList<>(layers);
        for (var layer : kept) held.merge(layer, 1, Integer::sum);
        return () -> letGo(kept);
    }

    private synchronized void letGo(List<Digest> kept) {
        for (var layer : kept) {
            held.computeIfPresent(layer, (_, count) -> count == 1 ? null : count - 1);
        }
        kept.clear();
    }

    /// Written before it counts: after a crash a lease is there too often rather than not at all. A
    /// power cut may lose it; it also ends the containers for which layers are kept.
    synchronized void lease(String owner, List<Digest> layers) {
        var all = new LinkedHashSet<>(leased.getOrDefault(owner, Set.of()));
        all.addAll(layers);
        durable.put(places.lease(owner), Records.of(owner, all));
        leased.put(owner, all);
    }

    synchronized void release(String owner) {
        durable.drop(places.lease(owner));
        leased.remove(owner);
    }

    synchronized Set<String> owners() {
        return new TreeSet<>(leased.keySet());
    }

    /// Runs `decision` on all layers in use; none is added meanwhile.
    synchronized <T> T whileInUse(Function<Set<Digest>, T> decision) {
        var inUse = new HashSet<>(held.keySet());
        leased.values().forEach(inUse::addAll);
        return decision.apply(inUse);
    }
}
