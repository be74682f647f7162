package io.meseta.agent.resources;

import io.meseta.mesos.v1.AgentInfo;
import java.util.ArrayList;
import java.util.List;

/// Whether an agent is still the one that its checkpoints tell of.
public final class Reconfiguration {

    private Reconfiguration() {}

    /// What has changed that must not; empty when the two are the same agent.
    public static List<String> changes(AgentInfo before, AgentInfo now) {
        var changes = new ArrayList<String>();
        if (!before.getHostname().equals(now.getHostname())) {
            changes.add("hostname: " + before.getHostname() + " became " + now.getHostname());
        }
        if (before.getPort() != now.getPort()) {
            changes.add("port: " + before.getPort() + " became " + now.getPort());
        }
        if (!before.getResourcesList().equals(now.getResourcesList())) {
            changes.add(
                    "resources: %s became %s"
                            .formatted(
                                    ResourceSums.of(before.getResourcesList()).text(),
                                    ResourceSums.of(now.getResourcesList()).text()));
        }
        if (!before.getAttributesList().equals(now.getAttributesList())) {
            changes.add("attributes");
        }
        return changes;
    }
}
