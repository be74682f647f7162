package io.meseta.allocator;

import io.meseta.model.AgentId;
import io.meseta.model.Resources;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import org.pcollections.TreePSet;

/// The filters of one claimant, by agent.
///
/// The map by agent is hashed, since an allocation looks into it for each agent and claimant; it is
/// never walked, so its order cannot matter. Each filter has its place in `ends`.
record Refused(HashPMap<AgentId, List<Filter>> byAgent, TreePSet<End> ends) {

    static final Refused NOTHING = new Refused(HashTreePMap.empty(), TreePSet.empty());

    /// So many filters a claimant may have on one agent; of more, those go that end first.
    static final int PER_AGENT_MAX = 16;

    /// Grants within these resources are held back until then.
    record Filter(Resources resources, Instant until) {

        private boolean holds(Filter other) {
            return resources.contains(other.resources) && !until.isBefore(other.until);
        }
    }

    /// When a filter on the agent ends.
    record End(Instant at, AgentId agent) implements Comparable<End> {

        @Override
        public int compareTo(End other) {
            int order = at.compareTo(other.at);
            return order != 0 ? order : agent.compareTo(other.agent);
        }
    }

    boolean isEmpty() {
        return ends.isEmpty();
    }

    boolean isOn(AgentId agent) {
        return byAgent.containsKey(agent);
    }

    Instant firstEnd() {
        return ends.first().at();
    }

    /// Whether a grant of these resources is held back.
    boolean hides(AgentId agent, Resources resources) {
        var filters = byAgent.get(agent);
        if (filters == null) return false;
        for (var filter : filters) {
            if (filter.resources.contains(resources)) return true;
        }
        return false;
    }

    /// Until when it is held back; empty if it is not.
    Optional<Instant> hiddenUntil(AgentId agent, Resources resources) {
        return filters(agent).stream()
                .filter(filter -> filter.resources.contains(resources))
                .map(Filter::until)
                .max(Comparator.naturalOrder());
    }

    Refused plus(AgentId agent, Filter filter) {
        var before = filters(agent);
        var after = new ArrayList<Filter>(before.size() + 1);
        for (var other : before) {
            if (other.holds(filter)) return this;
            if (!filter.holds(other)) after.add(other);
        }
        after.add(filter);
        after.sort(Comparator.comparing(Filter::until));
        if (after.size() > PER_AGENT_MAX) after.removeFirst();
        return with(agent, after);
    }

    Refused minus(AgentId agent) {
        return with(agent, List.of());
    }

    /// The agents on which a filter ends by then.
    Set<AgentId> endingBy(Instant now) {
        var agents = new HashSet<AgentId>();
        for (var end : ends) {
            if (end.at.isAfter(now)) break;
            agents.add(end.agent);
        }
        return agents;
    }

    /// Without the filters on the agent that have ended by then.
    Refused elapsed(AgentId agent, Instant now) {
        return with(
                agent,
                filters(agent).stream().filter(filter -> filter.until.isAfter(now)).toList());
    }

    private List<Filter> filters(AgentId agent) {
        return byAgent.getOrDefault(agent, List.of());
    }

    private Refused with(AgentId agent, List<Filter> filters) {
        var left = ends;
        for (var filter : filters(agent)) left = left.minus(new End(filter.until, agent));
        for (var filter : filters) left = left.plus(new End(filter.until, agent));
        return new Refused(
                filters.isEmpty()
                        ? byAgent.minus(agent)
                        : byAgent.plus(agent, List.copyOf(filters)),
                left);
    }
}
