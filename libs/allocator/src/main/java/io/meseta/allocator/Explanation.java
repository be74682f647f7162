package io.meseta.allocator;

import io.meseta.model.AgentId;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Why a demand is not met: every reason, not only the first.
///
/// @param everywhere reasons that hold whatever the agent
/// @param byAgent each agent with its own reasons; none if the demand fits there
public record Explanation(List<Veto> everywhere, SortedMap<AgentId, List<Veto>> byAgent) {

    public Explanation {
        everywhere = List.copyOf(everywhere);
        var copy = new TreeMap<AgentId, List<Veto>>();
        byAgent.forEach((agent, vetoes) -> copy.put(agent, List.copyOf(vetoes)));
        byAgent = Collections.unmodifiableSortedMap(copy);
    }

    /// The agents that could serve the demand now. Who holds a larger share goes second even there.
    public SortedSet<AgentId> fitting() {
        var fitting = new TreeSet<AgentId>();
        if (!everywhere.isEmpty()) return fitting;
        byAgent.forEach((agent, vetoes) -> {
            if (vetoes.isEmpty()) fitting.add(agent);
        });
        return fitting;
    }

    /// The agent on which the least stands against the demand: fewest reasons for good first, then
    /// fewest at all; empty if there is none.
    public Optional<AgentId> nearest() {
        return byAgent.entrySet().stream()
                .min(
                        Comparator.<Map.Entry<AgentId, List<Veto>>>comparingLong(
                                        entry -> lasting(entry.getValue()))
                                .thenComparingInt(entry -> entry.getValue().size())
                                .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey);
    }

    private static long lasting(List<Veto> vetoes) {
        return vetoes.stream().filter(veto -> veto.permanence() == Veto.Permanence.NEVER).count();
    }

    /// Whether waiting cannot help: on each agent something stands against it for good.
    public boolean isHopeless() {
        return isFinal(everywhere.stream())
                || byAgent.values().stream().allMatch(vetoes -> isFinal(vetoes.stream()));
    }

    private static boolean isFinal(Stream<Veto> vetoes) {
        return vetoes.anyMatch(veto -> veto.permanence() == Veto.Permanence.NEVER);
    }
}
