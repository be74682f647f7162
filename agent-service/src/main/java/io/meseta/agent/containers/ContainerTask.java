package io.meseta.agent.containers;

import io.meseta.mesos.secrets.SecretValues;
import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.ContainerInfo;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.Value;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What the wire says of something that is to run in a container, a task or an executor.
///
/// @param group the run of the executor whose tasks share files; the container itself if it is
///   alone
/// @param limits by resource
public record ContainerTask(
        UUID container,
        UUID group,
        ContainerInfo info,
        CommandInfo command,
        List<Resource> resources,
        Map<String, Value.Scalar> limits) {

    public ContainerTask {
        resources = List.copyOf(resources);
        limits = Map.copyOf(limits);
    }

    /// With its secrets as they are; not to be kept.
    ContainerTask opened(Secrets secrets) {
        return new ContainerTask(
                container,
                group,
                SecretValues.changed(info, secrets),
                SecretValues.changed(command, secrets),
                resources,
                limits);
    }

    /// Whether it is to have what only a container can give.
    public boolean isNeeded() {
        return ContainerDemands.isNeeded(info)
                || !limits.isEmpty()
                || SecretVariables.areIn(command);
    }
}
