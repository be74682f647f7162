package io.meseta.master.records;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.agent.Reach;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.task.Status;
import io.meseta.master.core.task.Task;
import io.meseta.master.records.TaskRecord.Calling;
import io.meseta.master.records.TaskRecord.Place;
import io.meseta.master.records.TaskRecord.PortRecord;
import io.meseta.master.records.TaskRecord.ServiceRecord;
import io.meseta.master.records.TaskRecord.StatusRecord;
import io.meseta.master.state.Usage;
import io.meseta.master.wire.Sealed;
import io.meseta.master.wire.WireNames;
import io.meseta.mesos.v1.Attribute;
import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.DiscoveryInfo;
import io.meseta.mesos.v1.Labels;
import io.meseta.mesos.v1.Port;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.model.Principal;
import io.meseta.model.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Makes records of what the core holds.
public final class RecordWriting {

    private RecordWriting() {}

    /// Looks at the agent's own tasks and at nothing else of the cluster.
    public static AgentRecord agent(Agent agent, Cluster cluster) {
        var profile = agent.profile();
        var used = Usage.total(Usage.of(cluster, agent.id()).used(agent.id()));
        return new AgentRecord(
                agent.id().value(),
                profile.hostname(),
                "http://" + host(profile.hostname()) + ":" + profile.port(),
                state(agent.reach()),
                profile.version(),
                agent.registeredAt().toString(),
                ResourceAmounts.of(profile.resources()),
                ResourceAmounts.of(used),
                attributes(Sealed.agent(profile.wire()).getAttributesList()));
    }

    private static String host(String name) {
        return name.contains(":") ? "[" + name + "]" : name;
    }

    private static String state(Reach reach) {
        return switch (reach) {
            case Reach.Linked _ -> "active";
            case Reach.Unlinked _ -> "disconnected";
            case Reach.Unreachable _ -> "unreachable";
        };
    }

    private static Map<String, Object> attributes(List<Attribute> attributes) {
        var all = new LinkedHashMap<String, Object>();
        for (var attribute : attributes) all.put(attribute.getName(), value(attribute));
        return all;
    }

    private static Object value(Attribute attribute) {
        return switch (attribute.getType()) {
            case SCALAR -> attribute.getScalar().getValue();
            case TEXT -> attribute.getText().getValue();
            case RANGES ->
                    attribute.getRanges().getRangeList().stream()
                            .map(range ->
                                    Long.toUnsignedString(range.getBegin())
                                            + "-"
                                            + Long.toUnsignedString(range.getEnd()))
                            .collect(Collectors.joining(", ", "[", "]"));
            case SET ->
                    attribute.getSet().getItemList().stream()
                            .collect(Collectors.joining(", ", "{", "}"));
        };
    }

    public static FrameworkRecord framework(Framework framework, Cluster cluster) {
        var profile = framework.profile();
        return new FrameworkRecord(
                framework.id().value(),
                profile.name(),
                profile.identity().user(),
                profile.identity().principal().map(Principal::toString).orElse(""),
                profile.roles().stream().map(Role::name).toList(),
                framework.isConnected() ? "active" : "disconnected",
                framework.registeredAt().toString(),
                cluster.tasks().of(framework.id()).size(),
                Sealed.framework(profile.wire()).getWebuiUrl());
    }

    public static TaskRecord task(Task task, Cluster cluster) {
        var info = Sealed.task(task.spec().wire());
        var statuses = new ArrayList<StatusRecord>();
        for (var status : task.trail().changes()) statuses.add(status(status));
        // The newest wins, status by status: not every one says everything.
        Optional<Boolean> healthy = Optional.empty();
        List<String> addresses = List.of();
        for (var status : task.trail().changes()) {
            var wire = Sealed.status(status.wire());
            if (wire.hasHealthy()) healthy = Optional.of(wire.getHealthy());
            if (wire.hasContainerStatus()) addresses = addresses(wire);
        }
        var command = info.getCommand();
        return new TaskRecord(
                place(task),
                task.state().name(),
                healthy,
                ResourceAmounts.of(task.spec().resources()),
                statuses,
                labels(info.getLabels()),
                info.hasDiscovery() ? Optional.of(service(info.getDiscovery())) : Optional.empty(),
                addresses,
                new Calling(
                        command.hasUser() ? command.getUser() : user(task, cluster),
                        text(command)));
    }

    private static Place place(Task task) {
        return new Place(
                task.key().framework().value(),
                task.key().task().value(),
                task.spec().name(),
                task.agent().value(),
                task.spec().role().name());
    }

    private static StatusRecord status(Status status) {
        return new StatusRecord(
                status.state().name(),
                status.at().toString(),
                status.origin().reason().map(Enum::name),
                WireNames.of(status.origin().source()).name(),
                status.message());
    }

    private static List<String> addresses(TaskStatus status) {
        return status.getContainerStatus().getNetworkInfosList().stream()
                .flatMap(network -> network.getIpAddressesList().stream())
                .map(address -> address.getIpAddress())
                .filter(address -> !address.isEmpty())
                .distinct()
                .toList();
    }

    private static String user(Task task, Cluster cluster) {
        return cluster.framework(task.key().framework())
                .map(framework -> framework.profile().identity().user())
                .orElse("");
    }

    private static String text(CommandInfo command) {
        return command.getShell() || command.getArgumentsCount() == 0
                ? command.getValue()
                : String.join(" ", command.getArgumentsList());
    }

    private static ServiceRecord service(DiscoveryInfo discovery) {
        return new ServiceRecord(
                said(discovery.hasName(), discovery.getName()),
                discovery.getVisibility().name(),
                said(discovery.hasEnvironment(), discovery.getEnvironment()),
                said(discovery.hasLocation(), discovery.getLocation()),
                said(discovery.hasVersion(), discovery.getVersion()),
                discovery.getPorts().getPortsList().stream().map(RecordWriting::port).toList());
    }

    private static PortRecord port(Port port) {
        return new PortRecord(
                port.getNumber(),
                said(port.hasName(), port.getName()),
                said(port.hasProtocol(), port.getProtocol()),
                labels(port.getLabels()));
    }

    private static Optional<String> said(boolean isSaid, String text) {
        return isSaid ? Optional.of(text) : Optional.empty();
    }

    /// Of labels with one key the last counts.
    private static Map<String, String> labels(Labels labels) {
        var all = new LinkedHashMap<String, String>();
        for (var label : labels.getLabelsList()) all.put(label.getKey(), label.getValue());
        return all;
    }
}
