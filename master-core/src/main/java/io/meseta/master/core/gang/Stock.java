package io.meseta.master.core.gang;

import io.meseta.allocator.Grant;
import io.meseta.allocator.Holding;
import io.meseta.allocator.Pool;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Role;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;

/// The gangs with the pool in which their sets are held: what happens to one happens to the other.
public record Stock(Gangs gangs, Pool pool) {

    public Stock after(GangEvent event) {
        var framework = event.gang().framework();
        var found = gangs.find(event.gang());
        // It is over by then.
        if (event instanceof GangEvent.GangServed)
            return new Stock(gangs, Holding.again(pool, framework));
        if (found.isEmpty()) return this;
        var gathering = found.get();
        return switch (event) {
            case GangEvent.SetHeld(_, var number, var grant, var until) ->
                    new Stock(gangs, Holding.held(pool, grant))
                            .with(gathering.holding(number, grant, until));
            case GangEvent.SetReleased(_, var number) -> released(gathering, number);
            case GangEvent.GangPaused(_, var until) ->
                    freed(gathering).with(gathering.paused(until));
            case GangEvent.GangResumed _ -> with(gathering.resumed());
            case GangEvent.GangCompleted _ -> without(gathering);
            case GangEvent.GangServed _ -> this;
        };
    }

    /// The framework has said what it needs. A gang that it has named before, and that needs the
    /// same, goes on.
    public Stock requested(FrameworkId framework, List<Gang> wanted) {
        var named = new TreeMap<GangId, Gang>();
        for (var gang : wanted) named.put(gang.id(), gang);
        var next = this;
        for (var gathering : gangs.of(framework)) {
            var again = named.get(gathering.id());
            if (again != null && again.isLike(gathering.gang())) named.remove(gathering.id());
            else next = next.without(gathering);
        }
        for (var gang : named.values()) {
            next = next.with(Gathering.of(gang));
            var sought = next.gangs.sought(framework);
            next = new Stock(next.gangs, Holding.unrefused(next.pool, framework, sought));
        }
        return next;
    }

    /// Without anything of the framework.
    public Stock without(FrameworkId framework) {
        var next = this;
        for (var gathering : gangs.of(framework)) next = next.without(gathering);
        return next;
    }

    /// Without anything of the framework in these roles.
    public Stock without(FrameworkId framework, SortedSet<Role> roles) {
        var next = this;
        for (var gathering : gangs.of(framework))
            if (roles.contains(gathering.id().role())) next = next.without(gathering);
        return next;
    }

    /// Without anything of the framework in other roles than these.
    public Stock within(FrameworkId framework, SortedSet<Role> roles) {
        var next = this;
        for (var gathering : gangs.of(framework))
            if (!roles.contains(gathering.id().role())) next = next.without(gathering);
        return next;
    }

    /// What is held of the agent is let go, before it goes.
    public Stock without(AgentId agent) {
        var next = this;
        for (var gathering : gangs.all())
            for (var held : gathering.held().entrySet())
                if (held.getValue().agent().equals(agent))
                    next = next.after(new GangEvent.SetReleased(gathering.id(), held.getKey()));
        return next;
    }

    /// Without any gang.
    public Stock emptied() {
        var next = this;
        for (var gathering : gangs.all()) next = next.without(gathering);
        return next;
    }

    private Stock released(Gathering gathering, int number) {
        var grant = gathering.held().get(number);
        return grant == null ? this : freed(grant).with(gathering.without(number));
    }

    private Stock without(Gathering gathering) {
        var next = freed(gathering);
        return new Stock(next.gangs.without(gathering.id()), next.pool)
                .seeking(gathering.id().framework());
    }

    private Stock freed(Gathering gathering) {
        var next = this;
        for (var grant : gathering.held().values()) next = next.freed(grant);
        return next;
    }

    private Stock freed(Grant grant) {
        return new Stock(gangs, Holding.released(pool, grant));
    }

    private Stock with(Gathering gathering) {
        return new Stock(gangs.with(gathering), pool).seeking(gathering.id().framework());
    }

    private Stock seeking(FrameworkId framework) {
        return new Stock(gangs, Holding.seeking(pool, framework, gangs.sought(framework)));
    }
}
