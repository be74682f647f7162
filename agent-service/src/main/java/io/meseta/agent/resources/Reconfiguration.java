package io.meseta.agent.resources;

import io.meseta.mesos.resources.InvalidResource;
import io.meseta.mesos.resources.ResourceReading;
import io.meseta.mesos.v1.AgentInfo;
import io.meseta.mesos.v1.Attribute;
import io.meseta.mesos.v1.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether an agent is still the one that its checkpoints tell of.
public final class Reconfiguration {

    /// How much of itself an agent may change from one start to the next.
    public enum Policy {
        /// Nothing.
        EQUAL,
        /// It may have more than before: resources, attributes, and a domain where it had none.
        ADDITIVE
    }

    private Reconfiguration() {}

    /// What has changed that must not; empty when the two are the same agent.
    public static List<String> changes(AgentInfo before, AgentInfo now, Policy policy) {
        var changes = new ArrayList<String>();
        if (!before.getHostname().equals(now.getHostname())) {
            changes.add("hostname: " + before.getHostname() + " became " + now.getHostname());
        }
        if (before.getPort() != now.getPort()) {
            changes.add("port: " + before.getPort() + " became " + now.getPort());
        }
        switch (policy) {
            case EQUAL -> unequal(before, now, changes);
            case ADDITIVE -> lessened(before, now, changes);
        }
        return changes;
    }

    private static void unequal(AgentInfo before, AgentInfo now, List<String> changes) {
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
        if (!before.getDomain().equals(now.getDomain())) changes.add("domain");
    }

    private static void lessened(AgentInfo before, AgentInfo now, List<String> changes) {
        if (!holds(before, now)) {
            changes.add(
                    "resources: %s do not hold %s any more"
                            .formatted(
                                    ResourceSums.of(now.getResourcesList()).text(),
                                    ResourceSums.of(before.getResourcesList()).text()));
        }
        for (var attribute : before.getAttributesList()) {
            boolean isKept =
                    now.getAttributesList().stream().anyMatch(each -> isKept(attribute, each));
            if (!isKept) changes.add("attribute " + attribute.getName());
        }
        if (before.hasDomain() && !before.getDomain().equals(now.getDomain())) {
            changes.add("domain");
        }
    }

    private static boolean holds(AgentInfo before, AgentInfo now) {
        try {
            return ResourceReading.read(now.getResourcesList())
                    .canGive(ResourceReading.read(before.getResourcesList()));
        } catch (InvalidResource _) {
            return false;
        }
    }

    /// Texts stay as they are; amounts and ranges may grow.
    private static boolean isKept(Attribute before, Attribute now) {
        if (!before.getName().equals(now.getName()) || before.getType() != now.getType())
            return false;
        return switch (before.getType()) {
            case SCALAR -> now.getScalar().getValue() >= before.getScalar().getValue();
            case RANGES ->
                    before.getRanges().getRangeList().stream()
                            .allMatch(each -> within(each, now.getRanges()).isPresent());
            case TEXT, SET -> before.equals(now);
        };
    }

    private static Optional<Value.Range> within(Value.Range range, Value.Ranges all) {
        return all.getRangeList().stream()
                .filter(each ->
                        each.getBegin() <= range.getBegin() && range.getEnd() <= each.getEnd())
                .findFirst();
    }
}
