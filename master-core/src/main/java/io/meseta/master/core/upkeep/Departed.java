package io.meseta.master.core.upkeep;

import io.meseta.model.AgentId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.pcollections.PSortedMap;
import org.pcollections.PVector;
import org.pcollections.TreePMap;
import org.pcollections.TreePVector;

/// The agents that operators have marked gone, newest last: none of them joins again as long as it
/// is remembered.
///
/// @param at when each was marked
public record Departed(PSortedMap<AgentId, Instant> at, PVector<AgentId> inOrder) {

    public static final Departed NOBODY = new Departed(TreePMap.empty(), TreePVector.empty());

    /// How long an agent is remembered, as by Mesos.
    public static final Duration AGE_MAX = Duration.ofDays(14);

    /// How many agents are remembered, as by Mesos.
    public static final int COUNT_MAX = 102_400;

    public boolean has(AgentId agent) {
        return at.containsKey(agent);
    }

    /// When the first of them is to be forgotten.
    public Optional<Instant> nextEnd() {
        return inOrder.isEmpty()
                ? Optional.empty()
                : Optional.of(since(inOrder.get(0)).plus(AGE_MAX));
    }

    public Departed with(AgentId agent, Instant when) {
        if (has(agent)) return this;
        var next = new Departed(at.plus(agent, when), inOrder.plus(agent));
        return next.inOrder.size() > COUNT_MAX ? next.withoutFirst() : next;
    }

    /// Those that are remembered at that moment.
    Departed elapsed(Instant now) {
        var left = this;
        while (left.nextEnd().filter(end -> !end.isAfter(now)).isPresent())
            left = left.withoutFirst();
        return left;
    }

    private Departed withoutFirst() {
        return new Departed(at.minus(inOrder.get(0)), inOrder.minus(0));
    }

    private Instant since(AgentId agent) {
        return at.getOrDefault(agent, Instant.EPOCH);
    }
}
