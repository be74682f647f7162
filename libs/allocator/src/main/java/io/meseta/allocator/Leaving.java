package io.meseta.allocator;

import io.meseta.allocator.departure.Departures;
import io.meseta.model.AgentId;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Agents that will be away soon, so that work had better go elsewhere.
///
/// They come after the others. As long as a framework has not answered what it was offered of
/// agents that stay, it is offered nothing of these, but for what is reserved for its role, what it
/// has said it needs, and what is kept for it. Whoever has nothing else is offered them like any
/// others.
public final class Leaving {

    private Leaving() {}

    /// The pool in which these agents leave, and no others.
    ///
    /// @param unanswered all that frameworks have been offered, each as it was [Pool#offered]
    public static Pool with(Pool pool, Collection<AgentId> agents, Stream<Grant> unanswered) {
        var departures = Departures.of(agents);
        for (var grant : unanswered.toList())
            departures = departures.counting(grant.agent(), grant.framework(), 1);
        var spared = pool.unsettled.last().withheld().spared();
        return new Pool(
                pool.supply,
                pool.demand.with(departures),
                pool.refusals,
                pool.unsettled.plusFrameworks(spared));
    }

    /// The agents that leave, known to the pool or not.
    public static SortedSet<AgentId> of(Pool pool) {
        if (pool.demand.departures().isNone()) return Collections.emptySortedSet();
        return Collections.unmodifiableSortedSet(new TreeSet<>(pool.demand.departures().agents()));
    }
}
