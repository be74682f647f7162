package io.meseta.simulator.nodes;

import io.meseta.master.core.agent.AgentProfile;
import io.meseta.master.core.agent.Site;
import io.meseta.model.AgentCapability;
import io.meseta.model.Opaque;
import io.meseta.model.Resources;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The machines that agents are on.
public final class Hardware {

    private Hardware() {}

    /// @param name of the agent; which rack it is in follows from it
    public static AgentProfile profile(String name, Resources resources) {
        var rack = Optional.of("r" + Math.floorMod(name.hashCode(), Demands.RACKS));
        return new AgentProfile(
                name + ".example",
                5051,
                resources,
                EnumSet.allOf(AgentCapability.class),
                "1.11.0",
                Opaque.EMPTY,
                new Site("", false, Optional.empty(), new TreeMap<>(Map.of(Demands.RACK, rack))));
    }
}
