package io.meseta.master.frameworks;

import io.meseta.master.wire.ResourceReading;
import io.meseta.master.wire.Unacceptable;
import io.meseta.master.wire.WireIds;
import io.meseta.mesos.v1.ContainerInfo;
import io.meseta.mesos.v1.ExecutorInfo;
import io.meseta.mesos.v1.Offer.Operation.LaunchGroup;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.model.ExecutorId;
import io.meseta.model.FrameworkId;
import java.util.HashSet;

/// Whether a group of tasks makes sense: all of them, or none is run.
final class GroupChecks {

    private static final long CPUS_MIN_THOUSANDTHS = 10;
    private static final long MEM_MIN_THOUSANDTHS = 32_000;

    private GroupChecks() {}

    static void check(LaunchGroup group, FrameworkId framework) throws Unacceptable {
        checkExecutor(group.getExecutor(), framework);
        if (group.getTaskGroup().getTasksCount() == 0)
            throw new Unacceptable("Task group cannot be empty");
        var seen = new HashSet<String>();
        for (var task : group.getTaskGroup().getTasksList()) {
            if (!seen.add(task.getTaskId().getValue()))
                throw new Unacceptable("Task has duplicate ID: " + task.getTaskId().getValue());
            check(task, group.getExecutor());
        }
    }

    private static void checkExecutor(ExecutorInfo executor, FrameworkId framework)
            throws Unacceptable {
        var _ = WireIds.read(executor.getExecutorId().getValue(), ExecutorId::new);
        if (!executor.hasFrameworkId())
            throw new Unacceptable("'ExecutorInfo.framework_id' must be set");
        if (!executor.getFrameworkId().getValue().equals(framework.value()))
            throw new Unacceptable(
                    "ExecutorInfo has an invalid FrameworkID (Actual: "
                            + executor.getFrameworkId().getValue()
                            + " vs Expected: "
                            + framework
                            + ")");
        checkType(executor);
        if (executor.getShutdownGracePeriod().getNanoseconds() < 0)
            throw new Unacceptable("ExecutorInfo's 'shutdown_grace_period' must be non-negative");
        var resources = ResourceReading.read(executor.getResourcesList());
        for (var kind : resources.kinds())
            if (kind.shared())
                throw new Unacceptable(
                        "Executor resources must not hold the shared resource " + kind);
        least(executor, resources.scalar("cpus") >= CPUS_MIN_THOUSANDTHS, "0.01 cpus");
        least(executor, resources.scalar("mem") >= MEM_MIN_THOUSANDTHS, "32 MB of mem");
        least(executor, resources.scalar("disk") > 0, "some disk");
    }

    private static void least(ExecutorInfo executor, boolean isEnough, String what)
            throws Unacceptable {
        if (!isEnough)
            throw new Unacceptable(
                    "Executor '" + executor.getExecutorId().getValue() + "' needs " + what);
    }

    private static void checkType(ExecutorInfo executor) throws Unacceptable {
        switch (executor.getType()) {
            case UNKNOWN -> throw new Unacceptable("'ExecutorInfo.type' must be set");
            case CUSTOM -> {
                if (!executor.hasCommand())
                    throw new Unacceptable(
                            "'ExecutorInfo.command' must be set for 'CUSTOM' executor");
            }
            case DEFAULT -> {
                if (executor.hasCommand())
                    throw new Unacceptable(
                            "'ExecutorInfo.command' must not be set for 'DEFAULT' executor");
                if (!executor.hasContainer()) return;
                if (executor.getContainer().getType() != ContainerInfo.Type.MESOS)
                    throw new Unacceptable(
                            "'ExecutorInfo.container.type' must be 'MESOS' for 'DEFAULT' executor");
                if (executor.getContainer().getMesos().hasImage())
                    throw new Unacceptable(
                            "'ExecutorInfo.container.mesos.image' must not be set for 'DEFAULT'"
                                    + " executor");
            }
        }
    }

    private static void check(TaskInfo task, ExecutorInfo executor) throws Unacceptable {
        var name = "Task '" + task.getTaskId().getValue() + "' is invalid: ";
        if (task.hasExecutor() && !task.getExecutor().equals(executor))
            throw new Unacceptable(
                    name + "The `ExecutorInfo` of the task is different from the group's");
        if (task.getContainer().getType() == ContainerInfo.Type.DOCKER && task.hasContainer())
            throw new Unacceptable(name + "Docker ContainerInfo is not supported on the task");
        if (ResourceReading.read(task.getResourcesList()).isEmpty())
            throw new Unacceptable(name + "Task uses no resources");
        if (task.hasCommand())
            Commands.check(task.getCommand(), name + "Task's `CommandInfo` is invalid: ");
        if (task.hasCheck()) Checks.check(task.getCheck());
        if (task.hasHealthCheck()) Checks.check(task.getHealthCheck());
    }
}
