package io.meseta.gateway.catalogue;

import io.meseta.gateway.forwarding.Upstream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Which agents there are, and which tasks serve which name, at one moment. Immutable.
///
/// @param agents by id
public record Catalogue(
        Map<String, AgentPlace> agents, SortedMap<String, List<Instance>> services) {

    public static final Catalogue EMPTY = new Catalogue(Map.of(), new TreeMap<>());

    /// Where an agent answers.
    public record AgentPlace(String id, Upstream address) {}

    public Catalogue {
        agents = Map.copyOf(agents);
        var copy = new TreeMap<String, List<Instance>>();
        services.forEach((name, instances) -> copy.put(name, List.copyOf(instances)));
        services = Collections.unmodifiableSortedMap(copy);
    }

    /// Groups instances by what they serve.
    static Catalogue of(Map<String, AgentPlace> agents, Iterable<Instance> instances) {
        var byName = new TreeMap<String, List<Instance>>();
        for (var instance : instances) {
            byName.computeIfAbsent(instance.offer().name(), _ -> new ArrayList<>()).add(instance);
        }
        byName.values().forEach(Collections::sort);
        return new Catalogue(new HashMap<>(agents), byName);
    }

    public Optional<AgentPlace> agent(String id) {
        return Optional.ofNullable(agents.get(id));
    }

    /// Those that may be called now; empty if the name is unknown or nobody is up.
    public List<Instance> live(String service) {
        return services.getOrDefault(service, List.of()).stream().filter(Instance::isLive).toList();
    }
}
