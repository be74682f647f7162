package io.meseta.testkit.cluster;

import io.meseta.master.core.agent.AgentProfile;
import io.meseta.model.AgentCapability;
import io.meseta.model.Opaque;
import io.meseta.model.Resources;
import java.util.EnumSet;

/// An agent as a test needs it: what is not said is as usual.
public record AgentDraft(String hostname, Resources resources) {

    /// With 4 CPUs and 4 GB.
    public static AgentDraft anAgent(String hostname) {
        return new AgentDraft(hostname, Resources.ofScalars(4, 4_096));
    }

    /// @param text as in `cpus:8;mem:32768`
    public AgentDraft with(String text) {
        return new AgentDraft(hostname, Resources.parse(text));
    }

    public AgentProfile profile() {
        return new AgentProfile(
                hostname,
                5051,
                resources,
                EnumSet.allOf(AgentCapability.class),
                "1.11.0",
                Opaque.EMPTY);
    }
}
