package io.meseta.master.core.gang;

import io.meseta.allocator.want.GangSet;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/// All gangs that are not complete.
public record Gangs(PSortedMap<GangId, Gathering> byId) {

    public static final Gangs NONE = new Gangs(TreePMap.empty());

    public boolean isEmpty() {
        return byId.isEmpty();
    }

    public Collection<Gathering> all() {
        return byId.values();
    }

    public Optional<Gathering> find(GangId id) {
        return Optional.ofNullable(byId.get(id));
    }

    public List<Gathering> of(FrameworkId framework) {
        return byId.values().stream()
                .filter(each -> each.id().framework().equals(framework))
                .toList();
    }

    /// What is held of an agent, for whomever.
    public Resources heldOn(AgentId agent) {
        var held = Resources.EMPTY;
        for (var gathering : byId.values())
            for (var grant : gathering.held().values())
                if (grant.agent().equals(agent)) held = held.plus(grant.resources());
        return held;
    }

    /// What is held for a role itself.
    public Resources heldFor(Role role) {
        var held = Resources.EMPTY;
        for (var gathering : byId.values())
            if (gathering.id().role().equals(role))
                for (var grant : gathering.held().values()) held = held.plus(grant.resources());
        return held;
    }

    /// When something happens without anything else happening.
    public Optional<Instant> next() {
        return byId.values().stream().flatMap(each -> each.next().stream()).min(Instant::compareTo);
    }

    List<GangSet> sought(FrameworkId framework) {
        var sought = new ArrayList<GangSet>();
        for (var gathering : of(framework)) sought.addAll(gathering.sought());
        return sought;
    }

    Gangs with(Gathering gathering) {
        return new Gangs(byId.plus(gathering.id(), gathering));
    }

    Gangs without(GangId id) {
        return new Gangs(byId.minus(id));
    }
}
