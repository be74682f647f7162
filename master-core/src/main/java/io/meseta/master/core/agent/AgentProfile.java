package io.meseta.master.core.agent;

import static java.util.Collections.unmodifiableSet;

import io.meseta.allocator.constraint.Place;
import io.meseta.model.AgentCapability;
import io.meseta.model.Opaque;
import io.meseta.model.Resources;
import java.util.EnumSet;
import java.util.Set;

/// What an agent says of its machine, as far as decisions need it; the rest stays in `wire`.
///
/// @param resources all that it has: those of its flags, as operations have made them since
/// @param version the agent's own version
/// @param wire its `AgentInfo` as it came, without an id
/// @param site where it is and what it is labelled with
public record AgentProfile(
        String hostname,
        int port,
        Resources resources,
        Set<AgentCapability> capabilities,
        String version,
        Opaque wire,
        Site site) {

    public AgentProfile {
        if (hostname.isEmpty()) throw new IllegalArgumentException("an agent has a host name");
        var copy = EnumSet.noneOf(AgentCapability.class);
        copy.addAll(capabilities);
        capabilities = unmodifiableSet(copy);
    }

    /// Of an agent that does not say where it is.
    public AgentProfile(
            String hostname,
            int port,
            Resources resources,
            Set<AgentCapability> capabilities,
            String version,
            Opaque wire) {
        this(hostname, port, resources, capabilities, version, wire, Site.UNKNOWN);
    }

    /// The same elsewhere.
    public AgentProfile at(Site other) {
        return new AgentProfile(hostname, port, resources, capabilities, version, wire, other);
    }

    /// The same with other resources.
    public AgentProfile having(Resources others) {
        return new AgentProfile(hostname, port, others, capabilities, version, wire, site);
    }

    /// As constraints on offers ask for it.
    public Place place() {
        return new Place(hostname, site.domain(), site.attributes());
    }
}
