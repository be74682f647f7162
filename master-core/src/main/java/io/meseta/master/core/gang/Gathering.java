package io.meseta.master.core.gang;

import io.meseta.allocator.Grant;
import io.meseta.allocator.want.GangSet;
import io.meseta.model.AgentId;
import io.meseta.model.Resources;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/// A gang, and how far it is: nothing is held for it, or some of its sets until a moment, or it
/// waits after it has let all of them go. A complete one is offered in the same breath, and is
/// over.
///
/// @param held what is held for it, by the number of the set
/// @param until when it lets go of all that it holds; empty while it holds nothing
/// @param failures how often it has let go without being complete
/// @param pausedUntil before then nothing is held for it; empty if it does not wait
public record Gathering(
        Gang gang,
        PSortedMap<Integer, Grant> held,
        Optional<Instant> until,
        int failures,
        Optional<Instant> pausedUntil) {

    static Gathering of(Gang gang) {
        return new Gathering(gang, TreePMap.empty(), Optional.empty(), 0, Optional.empty());
    }

    public GangId id() {
        return gang.id();
    }

    public boolean isComplete() {
        return held.size() == gang.sets().size();
    }

    /// The numbers of the sets that it still needs.
    public List<Integer> missing() {
        var missing = new ArrayList<Integer>();
        for (int i = 0; i < gang.sets().size(); i++) if (!held.containsKey(i)) missing.add(i);
        return missing;
    }

    /// Those that may be given to it now.
    List<GangSet> sought() {
        if (pausedUntil.isPresent()) return List.of();
        return missing().stream()
                .map(number -> new GangSet(id().name(), number, gang.sets().get(number)))
                .toList();
    }

    /// What it is offered of each agent once it is complete.
    public SortedMap<AgentId, Resources> byAgent() {
        var byAgent = new TreeMap<AgentId, Resources>();
        for (var grant : held.values())
            byAgent.merge(grant.agent(), grant.resources(), Resources::plus);
        return byAgent;
    }

    Gathering holding(int number, Grant grant, Instant atMost) {
        return new Gathering(
                gang,
                held.plus(number, grant),
                until.or(() -> Optional.of(atMost)),
                failures,
                pausedUntil);
    }

    /// Its time runs on as long as it holds anything else.
    Gathering without(int number) {
        var left = held.minus(number);
        return new Gathering(
                gang, left, left.isEmpty() ? Optional.empty() : until, failures, pausedUntil);
    }

    Gathering paused(Instant end) {
        return new Gathering(
                gang, TreePMap.empty(), Optional.empty(), failures + 1, Optional.of(end));
    }

    Gathering resumed() {
        return new Gathering(gang, held, until, failures, Optional.empty());
    }

    /// When something happens to it by itself.
    Optional<Instant> next() {
        return pausedUntil.or(() -> until);
    }
}
