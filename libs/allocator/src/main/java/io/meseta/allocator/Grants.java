package io.meseta.allocator;

import io.meseta.model.AgentId;
import io.meseta.model.Resources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an allocation has given so far. Who is given something of an agent twice, once by a
/// guarantee, is given it in one.
final class Grants {

    private final List<Grant> all = new ArrayList<>();
    private final Map<Place, Integer> indices = new LinkedHashMap<>();

    private final boolean mayRepeat;

    private record Place(AgentId agent, Claimant claimant) {}

    /// @param mayRepeat whether anyone may be given something of an agent twice
    Grants(boolean mayRepeat) {
        this.mayRepeat = mayRepeat;
    }

    void add(AgentId agent, Claimant claimant, Resources resources) {
        var before = mayRepeat ? indices.putIfAbsent(new Place(agent, claimant), all.size()) : null;
        if (before == null) {
            all.add(new Grant(agent, claimant.framework(), claimant.role(), resources));
            return;
        }
        var grant = all.get(before);
        all.set(
                before,
                new Grant(
                        agent, grant.framework(), grant.role(), grant.resources().plus(resources)));
    }

    List<Grant> all() {
        return List.copyOf(all);
    }
}
