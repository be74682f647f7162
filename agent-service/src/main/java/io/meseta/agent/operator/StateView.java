package io.meseta.agent.operator;

import io.meseta.agent.core.machine.Machine;
import io.meseta.agent.core.task.AgentTask;
import io.meseta.agent.core.task.Stage;
import io.meseta.agent.master.SelfDescription;
import io.meseta.agent.resources.ResourceSums;
import io.meseta.agent.sandbox.SandboxPath;
import io.meseta.agent.sandbox.Sandboxes;
import io.meseta.mesos.json.MesosJson;
import io.meseta.mesos.resources.InvalidResource;
import io.meseta.mesos.resources.ResourceReading;
import io.meseta.mesos.resources.ResourceWriting;
import io.meseta.mesos.v1.Attribute;
import io.meseta.mesos.v1.FrameworkInfo;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.model.FrameworkId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/// The agent's whole state in the shape of the older route `/state`.
public final class StateView {

    private final About about;
    private final Supplier<Machine> machine;
    private final Supplier<String> masterHost;
    private final WireViews views;
    private final History history;
    private final Sandboxes sandboxes;
    private final JsonMapper mapper;

    /// A view of one agent.
    ///
    /// @param masterHost the host of the master that listens; empty while none does
    StateView(
            About about,
            Supplier<Machine> machine,
            Supplier<String> masterHost,
            History history,
            Sandboxes sandboxes,
            JsonMapper mapper) {
        this.about = about;
        this.machine = machine;
        this.masterHost = masterHost;
        this.views = new WireViews(machine, history);
        this.history = history;
        this.sandboxes = sandboxes;
        this.mapper = mapper;
    }

    /// The state as far as these tasks are part of it.
    byte[] render(Predicate<AgentTask> seen, boolean seesFlags) {
        return mapper.writeValueAsBytes(state(views.of(seen), seesFlags));
    }

    private Map<String, Object> state(WireViews seen, boolean seesFlags) {
        var resources = ResourceWriting.FOR_ANYONE.write(machine.get().holdings().total());
        var allocated = alike(views.allocated());
        var unreserved =
                resources.stream().filter(each -> each.getReservationsCount() == 0).toList();
        var state = new LinkedHashMap<String, Object>(about.versionView());
        state.put("start_time", about.startTime());
        state.put("id", machine.get().agent().map(id -> id.value()).orElse(""));
        state.put("pid", about.pid());
        state.put("hostname", about.description().getHostname());
        state.put("capabilities", SelfDescription.CAPABILITIES.stream().map(Enum::name).toList());
        machine.get()
                .drain()
                .ifPresent(drain -> {
                    state.put("drain_config", DrainViews.map(drain));
                    state.put("estimated_drain_start_time_seconds", drain.since().getEpochSecond());
                });
        state.put("resources", ResourceSums.of(resources).asMap());
        state.put("reserved_resources", reserved(resources));
        state.put("unreserved_resources", ResourceSums.of(unreserved).asMap());
        state.put("reserved_resources_full", reservedFull(resources));
        state.put("unreserved_resources_full", unreserved.stream().map(this::full).toList());
        state.put("reserved_resources_allocated", reserved(allocated));
        state.put(
                "unreserved_resources_allocated",
                ResourceSums.of(
                                allocated.stream()
                                        .filter(each -> each.getReservationsCount() == 0)
                                        .toList())
                        .asMap());
        state.put("resource_providers", List.of());
        state.put("attributes", attributes());
        var master = masterHost.get();
        if (!master.isEmpty()) state.put("master_hostname", master);
        if (seesFlags) state.put("flags", about.flags());
        state.put(
                "frameworks",
                seen.active().entrySet().stream()
                        .map(each -> framework(each.getKey(), each.getValue(), seen))
                        .toList());
        state.put(
                "completed_frameworks",
                seen.completed().entrySet().stream()
                        .map(each -> framework(each.getKey(), each.getValue(), seen))
                        .toList());
        return state;
    }

    /// With all reservations in one form, whatever form frameworks have said them in.
    private static List<Resource> alike(List<Resource> allocated) {
        try {
            return ResourceWriting.FOR_ANYONE.write(ResourceReading.read(allocated));
        } catch (InvalidResource _) {
            // Copies of a shared volume in two sizes can't be added up.
            return allocated;
        }
    }

    private Map<String, Object> attributes() {
        var attributes = new LinkedHashMap<String, Object>();
        for (Attribute attribute : about.description().getAttributesList()) {
            switch (attribute.getType()) {
                case SCALAR ->
                        attributes.put(attribute.getName(), attribute.getScalar().getValue());
                case TEXT -> attributes.put(attribute.getName(), attribute.getText().getValue());
                case RANGES, SET -> {
                    var ranges =
                            attribute.getRanges().getRangeList().stream()
                                    .map(range -> range.getBegin() + "-" + range.getEnd())
                                    .toList();
                    attributes.put(attribute.getName(), "[" + String.join(", ", ranges) + "]");
                }
            }
        }
        return attributes;
    }

    private static Map<String, Object> reserved(List<Resource> resources) {
        var reserved = new LinkedHashMap<String, Object>();
        byRole(resources)
                .forEach((role, held) -> reserved.put(role, ResourceSums.of(held).asMap()));
        return reserved;
    }

    private Map<String, Object> reservedFull(List<Resource> resources) {
        var reserved = new LinkedHashMap<String, Object>();
        byRole(resources)
                .forEach(
                        (role, held) -> reserved.put(role, held.stream().map(this::full).toList()));
        return reserved;
    }

    private static Map<String, List<Resource>> byRole(List<Resource> resources) {
        var byRole = new LinkedHashMap<String, List<Resource>>();
        for (var resource : resources) {
            int count = resource.getReservationsCount();
            if (count == 0) continue;
            var role = resource.getReservations(count - 1).getRole();
            byRole.computeIfAbsent(role, _ -> new ArrayList<>()).add(resource);
        }
        return byRole;
    }

    private Map<String, Object> full(Resource resource) {
        return json(MesosJson.write(resource));
    }

    @SuppressWarnings("unchecked") // What our own codec has written is an object.
    private Map<String, Object> json(byte[] message) {
        return new LinkedHashMap<>(mapper.readValue(message, Map.class));
    }

    private Map<String, Object> framework(FrameworkId id, FrameworkInfo info, WireViews seen) {
        var framework = new LinkedHashMap<String, Object>();
        framework.put("id", id.value());
        framework.put("name", info.getName());
        framework.put("user", info.getUser());
        framework.put("failover_timeout", info.getFailoverTimeout());
        framework.put("checkpoint", info.getCheckpoint());
        framework.put("hostname", info.getHostname());
        if (info.hasPrincipal()) framework.put("principal", info.getPrincipal());
        var isMultiRole =
                info.getCapabilitiesList().stream()
                        .anyMatch(
                                each -> each.getType() == FrameworkInfo.Capability.Type.MULTI_ROLE);
        if (isMultiRole) {
            framework.put("roles", info.getRolesList());
        } else {
            framework.put("role", oldRole(info));
        }
        var executors = new ArrayList<Object>();
        for (var held : seen.held()) {
            if (held.key().framework().equals(id)) {
                executors.add(executor(held, history.statusesOf(held), false));
            }
        }
        var completed = new ArrayList<Object>();
        for (var done : seen.done()) {
            if (done.task().key().framework().equals(id)) {
                completed.add(executor(done.task(), done.statuses(), true));
            }
        }
        framework.put("executors", executors);
        framework.put("completed_executors", completed);
        return framework;
    }

    @SuppressWarnings("deprecation") // The one role of frameworks that know no other way.
    private static String oldRole(FrameworkInfo info) {
        return info.getRole();
    }

    private Map<String, Object> executor(
            AgentTask held, List<TaskStatus> statuses, boolean isCompleted) {
        var info = WireViews.executor(held);
        var id = held.key().task().value();
        var executor = new LinkedHashMap<String, Object>();
        executor.put("id", id);
        executor.put("name", info.getName());
        executor.put("source", id);
        executor.put("container", held.container().toString());
        executor.put("directory", directory(held));
        executor.put(
                "resources", ResourceSums.of(WireViews.taskInfo(held).getResourcesList()).asMap());
        role(WireViews.taskInfo(held)).ifPresent(role -> executor.put("role", role));
        var task = List.of(task(held, statuses));
        boolean isQueued = !isCompleted && held.stage() == Stage.ORDERED;
        executor.put("queued_tasks", isQueued ? task : List.of());
        executor.put("tasks", isQueued || isCompleted ? List.of() : task);
        executor.put("completed_tasks", isCompleted ? task : List.of());
        return executor;
    }

    private String directory(AgentTask held) {
        return machine.get()
                .agent()
                .map(id -> new SandboxPath(id, held.key(), held.container()))
                .map(path -> sandboxes.locate(path).toString())
                .orElse("");
    }

    private Map<String, Object> task(AgentTask held, List<TaskStatus> statuses) {
        var info = WireViews.taskInfo(held);
        var task = new LinkedHashMap<String, Object>();
        task.put("id", held.key().task().value());
        task.put("name", info.getName());
        task.put("framework_id", held.key().framework().value());
        task.put("executor_id", "");
        task.put("slave_id", info.getAgentId().getValue());
        task.put("state", held.latest().name());
        task.put("resources", ResourceSums.of(info.getResourcesList()).asMap());
        role(info).ifPresent(role -> task.put("role", role));
        task.put("statuses", statuses.stream().map(this::status).toList());
        if (info.hasLabels())
            task.put("labels", json(MesosJson.write(info.getLabels())).get("labels"));
        if (info.hasDiscovery()) task.put("discovery", json(MesosJson.write(info.getDiscovery())));
        if (info.hasContainer()) task.put("container", json(MesosJson.write(info.getContainer())));
        return task;
    }

    private static Optional<String> role(TaskInfo task) {
        return task.getResourcesList().stream()
                .filter(each -> each.hasAllocationInfo())
                .map(each -> each.getAllocationInfo().getRole())
                .findFirst();
    }

    private Map<String, Object> status(TaskStatus status) {
        var view = new LinkedHashMap<String, Object>();
        view.put("state", status.getState().name());
        view.put("timestamp", status.getTimestamp());
        if (status.hasContainerStatus()) {
            view.put("container_status", json(MesosJson.write(status.getContainerStatus())));
        }
        return view;
    }
}
