package io.meseta.master.state;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.upkeep.Upkeep;
import io.meseta.master.doors.JsonPrinter;
import io.meseta.master.views.Visibility;
import io.meseta.master.wire.DrainWriting;
import io.meseta.master.wire.Sealed;
import io.meseta.master.wire.Times;
import io.meseta.mesos.resources.ResourceWriting;
import io.meseta.mesos.v1.AgentInfo;
import io.meseta.mesos.v1.Attribute;
import io.meseta.mesos.v1.Value;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Prints agents as the older endpoints do.
final class AgentPrinter {

    private final JsonPrinter json;
    private final Usage usage;
    private final Visibility visibility;
    private final Upkeep upkeep;
    private final boolean isPast;

    AgentPrinter(JsonPrinter json, Usage usage, Scene scene) {
        this.json = json;
        this.usage = usage;
        this.visibility = scene.view().visibility();
        this.upkeep = scene.view().cluster().upkeep();
        this.isPast = scene.isPast();
    }

    /// The libprocess address by which old clients know an agent.
    static String pid(Agent agent) {
        return "slave(1)@" + agent.profile().hostname() + ":" + agent.profile().port();
    }

    /// The members that every endpoint shows.
    void members(Agent agent) throws IOException {
        var profile = agent.profile();
        var total = profile.resources();
        json.field("id", agent.id().value());
        json.field("hostname", profile.hostname());
        json.field("port", profile.port());
        var info = Sealed.agent(profile.wire());
        attributes(info);
        if (info.hasDomain()) json.field("domain", info.getDomain());
        json.field("pid", pid(agent));
        json.field("registered_time", Times.seconds(agent.registeredAt()));
        json.field("reregistered_time", Times.seconds(agent.reregisteredAt()));
        ResourcesPrinter.print(json, "resources", total);
        ResourcesPrinter.print(json, "used_resources", Usage.total(usage.used(agent.id())));
        if (!isPast)
            ResourcesPrinter.print(
                    json, "offered_resources", Usage.total(usage.offered(agent.id())));
        json.object(
                "reserved_resources",
                () -> {
                    for (var role : reservedRoles(total))
                        ResourcesPrinter.print(json, role.name(), total.reservedTo(role));
                });
        ResourcesPrinter.print(json, "unreserved_resources", total.unreserved());
        if (!isPast) json.field("active", agent.isLinked() && !upkeep.isDeactivated(agent.id()));
        json.field("deactivated", upkeep.isDeactivated(agent.id()));
        json.field("version", profile.version());
        json.strings("capabilities", profile.capabilities().stream().sorted().map(Enum::name));
        var drain = upkeep.drain(agent.id());
        if (drain.isPresent()) {
            json.field("drain_info", DrainWriting.write(drain.get()));
            json.field("estimated_drain_start_time_seconds", Times.seconds(drain.get().since()));
        }
    }

    /// What `/slaves` shows besides: resources as messages.
    void fullMembers(Agent agent) throws IOException {
        var total = agent.profile().resources();
        json.object(
                "reserved_resources_full",
                () -> {
                    for (var role : reservedRoles(total)) full(role.name(), total.reservedTo(role));
                });
        full("unreserved_resources_full", total.unreserved());
        full("used_resources_full", usage.used(agent.id()));
        if (!isPast) full("offered_resources_full", usage.offered(agent.id()));
    }

    private void full(String name, Resources resources) throws IOException {
        json.array(name, ResourceWriting.FOR_ANYONE.write(resources).stream(), json::message);
    }

    private void full(String name, SortedMap<Role, Resources> byRole) throws IOException {
        json.array(
                name,
                byRole.entrySet().stream()
                        .filter(each -> visibility.shows(each.getKey()))
                        .flatMap(each ->
                                ResourceWriting.FOR_ANYONE
                                        .allocatedTo(each.getKey())
                                        .write(each.getValue())
                                        .stream()),
                json::message);
    }

    /// Those that the caller may know of.
    private SortedSet<Role> reservedRoles(Resources total) {
        return total.kinds().stream()
                .map(kind -> kind.reservedRole())
                .flatMap(Optional::stream)
                .filter(visibility::shows)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void attributes(AgentInfo info) throws IOException {
        json.object(
                "attributes",
                () -> {
                    for (var attribute : info.getAttributesList()) print(attribute);
                });
    }

    private void print(Attribute attribute) throws IOException {
        switch (attribute.getType()) {
            case SCALAR -> json.field(attribute.getName(), attribute.getScalar().getValue());
            case TEXT -> json.field(attribute.getName(), attribute.getText().getValue());
            case RANGES -> json.field(attribute.getName(), text(attribute.getRanges()));
            case SET ->
                    json.field(
                            attribute.getName(),
                            attribute.getSet().getItemList().stream()
                                    .collect(Collectors.joining(", ", "{", "}")));
        }
    }

    private static String text(Value.Ranges ranges) {
        return ranges.getRangeList().stream()
                .map(range ->
                        Long.toUnsignedString(range.getBegin())
                                + "-"
                                + Long.toUnsignedString(range.getEnd()))
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
