package io.meseta.master.state;

import io.meseta.master.core.task.Status;
import io.meseta.master.core.task.Task;
import io.meseta.master.doors.JsonPrinter;
import io.meseta.master.wire.Sealed;
import io.meseta.master.wire.Times;
import io.meseta.mesos.v1.ContainerStatus;
import io.meseta.mesos.v1.Labels;
import io.meseta.model.ExecutorId;
import java.io.IOException;

/// Prints tasks as the older endpoints do.
final class TaskPrinter {

    private final JsonPrinter json;

    TaskPrinter(JsonPrinter json) {
        this.json = json;
    }

    void print(Task task) throws IOException {
        json.object(() -> members(task));
    }

    private void members(Task task) throws IOException {
        var spec = task.spec();
        var info = Sealed.task(spec.wire());
        json.field("id", spec.id().value());
        json.field("name", spec.name());
        json.field("framework_id", task.key().framework().value());
        json.field(
                "executor_id", task.spec().home().executorId().map(ExecutorId::value).orElse(""));
        json.field("slave_id", task.agent().value());
        json.field("state", task.state().name());
        ResourcesPrinter.print(json, "resources", spec.resources());
        if (info.getLimitsCount() > 0)
            json.object(
                    "limits",
                    () -> {
                        for (var limit : info.getLimitsMap().entrySet())
                            limit(limit.getKey(), limit.getValue().getValue());
                    });
        json.field("role", spec.role().name());
        json.array("statuses", task.trail().changes().stream(), this::print);
        if (info.getCommand().hasUser()) json.field("user", info.getCommand().getUser());
        if (info.hasLabels()) labels(info.getLabels());
        if (info.hasDiscovery()) json.field("discovery", info.getDiscovery());
        if (info.hasContainer()) json.field("container", info.getContainer());
        if (info.hasHealthCheck()) json.field("health_check", info.getHealthCheck());
    }

    private void limit(String name, double value) throws IOException {
        if (Double.isFinite(value)) json.field(name, value);
        else json.field(name, "Infinity");
    }

    private void print(Status status) throws IOException {
        var wire = Sealed.status(status.wire());
        json.object(() -> {
            json.field("state", status.state().name());
            json.field("timestamp", Times.seconds(status.at()));
            if (wire.hasLabels()) labels(wire.getLabels());
            if (wire.hasContainerStatus()) container(wire.getContainerStatus());
            if (wire.hasHealthy()) json.field("healthy", wire.getHealthy());
        });
    }

    private void container(ContainerStatus status) throws IOException {
        json.object(
                "container_status",
                () -> {
                    if (status.hasContainerId())
                        json.field("container_id", status.getContainerId());
                    json.array(
                            "network_infos", status.getNetworkInfosList().stream(), json::message);
                    if (status.hasCgroupInfo()) json.field("cgroup_info", status.getCgroupInfo());
                });
    }

    private void labels(Labels labels) throws IOException {
        json.array("labels", labels.getLabelsList().stream(), json::message);
    }
}
