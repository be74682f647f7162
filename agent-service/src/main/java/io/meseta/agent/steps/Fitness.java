package io.meseta.agent.steps;

import io.meseta.agent.containers.ContainerDemands;
import io.meseta.agent.containers.SecretVariables;
import io.meseta.agent.core.update.Cause;
import io.meseta.agent.core.update.Cause.Reason;
import io.meseta.agent.volumes.VolumeLinks;
import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.ContainerInfo;
import io.meseta.mesos.v1.ExecutorInfo;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.Resource.DiskInfo;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.model.TaskState;
import io.meseta.wire.agent.LaunchGroup;
import java.util.List;
import java.util.Optional;

/// Whether this agent can do what a task asks for. What it can't is said, never left out.
public final class Fitness {

    /// Why a task is refused, and the state that says so.
    public record Objection(TaskState state, Cause cause) {}

    private Fitness() {}

    /// Empty when the task can be run as it stands.
    public static Optional<Objection> objection(TaskInfo task) {
        return objection(task, false);
    }

    private static Optional<Objection> objection(TaskInfo task, boolean isGrouped) {
        if (!task.hasCommand()) return invalid("the task has no command");
        return ofCommand(task.getCommand(), task.getContainer())
                .or(() -> ofContainer(task.getContainer(), isGrouped))
                .or(() -> ofChecks(task))
                .or(() -> ofResources(task.getResourcesList(), task.getContainer()));
    }

    /// Empty when the task can be run by that executor: what it is made of is the executor's
    /// affair.
    public static Optional<Objection> objection(TaskInfo task, ExecutorInfo executor) {
        if (task.getResourcesList().stream().anyMatch(each -> each.getDisk().hasPersistence()))
            return unsupported("persistent volumes of a task that an executor runs");
        return ofCommand(executor.getCommand(), executor.getContainer())
                .or(() -> ofContainer(executor.getContainer(), false))
                .or(() -> ofResources(executor.getResourcesList(), executor.getContainer()))
                .or(() -> ofLimits(task));
    }

    /// Empty when the tasks can be run together as they stand.
    public static Optional<Objection> objection(LaunchGroup group) {
        var executor = group.getExecutor();
        var tasks = group.getTaskGroup().getTasksList();
        if (executor.getType() != ExecutorInfo.Type.DEFAULT)
            return tasks.stream().flatMap(task -> objection(task, executor).stream()).findFirst();
        return ofNoContainer(executor.getContainer())
                .or(() -> ofVolumesOfNone(executor))
                .or(() ->
                        tasks.stream().flatMap(task -> objection(task, true).stream()).findFirst());
    }

    /// The built-in executor has no process that could use them.
    private static Optional<Objection> ofVolumesOfNone(ExecutorInfo executor) {
        return executor.getResourcesList().stream()
                        .anyMatch(each -> each.getDisk().hasPersistence())
                ? unsupported("persistent volumes of an executor of the type DEFAULT")
                : Optional.empty();
    }

    /// An image may say what to run; text for a shell it can't say.
    private static Optional<Objection> ofCommand(CommandInfo command, ContainerInfo container) {
        boolean maySayNothing = ContainerDemands.hasImage(container) && !command.getShell();
        if (command.getValue().isEmpty() && !maySayNothing)
            return invalid("the command's value is empty");
        if (hasNul(command.getValue()) || hasNul(command.getUser())) {
            return invalid("the command holds a NUL character");
        }
        if (command.getArgumentsList().stream().anyMatch(Fitness::hasNul)) {
            return invalid("an argument of the command holds a NUL character");
        }
        for (var variable : command.getEnvironment().getVariablesList()) {
            var name = variable.getName();
            if (name.isEmpty() || name.contains("=") || hasNul(name)) {
                return invalid("the environment variable '" + name + "' has no proper name");
            }
            if (SecretVariables.isSecret(variable)) {
                var objection = SecretVariables.unsupported(variable);
                if (objection.isPresent()) return objection.flatMap(Fitness::unsupported);
                continue;
            }
            if (!variable.hasValue()) {
                return invalid("the environment variable '" + name + "' has no value");
            }
            if (hasNul(variable.getValue())) {
                return invalid("the environment variable '" + name + "' holds a NUL character");
            }
        }
        return Optional.empty();
    }

    private static Optional<Objection> ofContainer(ContainerInfo container, boolean isGrouped) {
        return ContainerDemands.unsupported(container, isGrouped).flatMap(Fitness::unsupported);
    }

    /// The built-in executor has no process, and so nothing that could be contained.
    private static Optional<Objection> ofNoContainer(ContainerInfo container) {
        if (container.getNetworkInfosList().stream().anyMatch(each -> each.hasName()))
            return unsupported("networks of a container");
        return ContainerDemands.isNeeded(container)
                ? unsupported("container of an executor of the type DEFAULT")
                : Optional.empty();
    }

    private static Optional<Objection> ofChecks(TaskInfo task) {
        if (task.hasHealthCheck()) return unsupported("health checks");
        if (task.hasCheck()) return unsupported("checks");
        return Optional.empty();
    }

    private static Optional<Objection> ofResources(
            List<Resource> resources, ContainerInfo container) {
        for (var resource : resources) {
            var source = ofSource(resource.getDisk());
            if (source.isPresent()) return source;
            if (!resource.getDisk().hasPersistence()) continue;
            var path = resource.getDisk().getVolume().getContainerPath();
            boolean isAnywhere =
                    ContainerDemands.hasImage(container)
                            && path.startsWith("/")
                            && VolumeLinks.isFit(path.substring(1));
            if (!isAnywhere && !VolumeLinks.isFit(path)) {
                return unsupported(
                        "container path '" + path + "' of a volume: it must lie in the sandbox");
            }
        }
        return Optional.empty();
    }

    /// What is no tree of files can't be shown to anybody.
    private static Optional<Objection> ofSource(DiskInfo disk) {
        if (!disk.hasSource()) return Optional.empty();
        return switch (disk.getSource().getType()) {
            case PATH, MOUNT -> Optional.empty();
            case BLOCK, RAW, UNKNOWN -> unsupported("disk of type " + disk.getSource().getType());
        };
    }

    private static Optional<Objection> ofLimits(TaskInfo task) {
        return task.getLimitsCount() > 0
                ? unsupported("resource limits above the request")
                : Optional.empty();
    }

    private static boolean hasNul(String text) {
        return text.indexOf('\0') >= 0;
    }

    private static Optional<Objection> invalid(String why) {
        return Optional.of(
                new Objection(TaskState.TASK_ERROR, Cause.ofAgent(Reason.TASK_INVALID, why)));
    }

    private static Optional<Objection> unsupported(String what) {
        return Optional.of(
                new Objection(
                        TaskState.TASK_FAILED,
                        Cause.ofAgent(
                                Reason.CONTAINER_LAUNCH_FAILED,
                                "Failed to launch container: Unsupported " + what)));
    }
}
