package io.meseta.allocator;

import io.meseta.allocator.constraint.Place;
import io.meseta.model.AgentCapability;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// What decides, besides its resources, whom an agent is offered to.
///
/// @param isInRemoteRegion in another region than the master
/// @param place where it is, for those who care
public record AgentTraits(
        boolean isInRemoteRegion, Set<AgentCapability> capabilities, Place place) {

    /// In the master's region, with all that a current agent can do.
    public static final AgentTraits LOCAL =
            new AgentTraits(false, EnumSet.allOf(AgentCapability.class));

    public AgentTraits {
        var copy = EnumSet.noneOf(AgentCapability.class);
        copy.addAll(capabilities);
        capabilities = Collections.unmodifiableSet(copy);
    }

    /// Of an agent of which nothing more is known.
    public AgentTraits(boolean isInRemoteRegion, Set<AgentCapability> capabilities) {
        this(isInRemoteRegion, capabilities, Place.UNKNOWN);
    }

    boolean has(AgentCapability capability) {
        return capabilities.contains(capability);
    }
}
