package io.meseta.master.core.agent;

import static java.util.Collections.emptySortedMap;
import static java.util.Collections.unmodifiableSet;

import io.meseta.allocator.constraint.Site;
import io.meseta.model.AgentCapability;
import io.meseta.model.Opaque;
import io.meseta.model.Resources;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// What an agent says of its machine, as far as decisions need it; the rest stays in `wire`.
///
/// @param resources all that it has: those of its flags, as operations have made them since
/// @param version the agent's own version
/// @param site where it is and what it is labelled with
/// @param wire its `AgentInfo` as it came, without an id
public record AgentProfile(
        String hostname,
        int port,
        Resources resources,
        Set<AgentCapability> capabilities,
        String version,
        Site site,
        Opaque wire) {

    public AgentProfile {
        if (hostname.isEmpty()) throw new IllegalArgumentException("an agent has a host name");
        var copy = EnumSet.noneOf(AgentCapability.class);
        copy.addAll(capabilities);
        capabilities = unmodifiableSet(copy);
    }

    /// Of an agent that has no attributes and is in no region.
    public AgentProfile(
            String hostname,
            int port,
            Resources resources,
            Set<AgentCapability> capabilities,
            String version,
            Opaque wire) {
        this(
                hostname,
                port,
                resources,
                capabilities,
                version,
                new Site(hostname, Optional.empty(), emptySortedMap()),
                wire);
    }

    /// The same with other resources.
    public AgentProfile having(Resources others) {
        return new AgentProfile(hostname, port, others, capabilities, version, site, wire);
    }
}
