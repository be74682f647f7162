package io.meseta.master.frameworks;

import io.meseta.master.wire.Unacceptable;
import io.meseta.mesos.v1.ContainerInfo;
import io.meseta.mesos.v1.HealthCheck;
import io.meseta.mesos.v1.Offer.Operation.LaunchGroup;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.model.FrameworkId;
import java.util.HashSet;
import java.util.stream.Stream;

/// Whether a group of tasks makes sense: all of them, or none is run. What is asked of each task
/// that is launched is asked elsewhere, too.
final class GroupChecks {

    private GroupChecks() {}

    static void check(LaunchGroup group, FrameworkId framework) throws Unacceptable {
        var tasks = group.getTaskGroup().getTasksList();
        if (tasks.isEmpty()) throw new Unacceptable("Task group cannot be empty");
        var seen = new HashSet<String>();
        for (var task : tasks) {
            if (!seen.add(task.getTaskId().getValue()))
                throw new Unacceptable("Task has duplicate ID: " + task.getTaskId().getValue());
            check(task);
        }
        var executor = group.getExecutor();
        ExecutorChecks.checkGroups(executor, framework);
        for (var task : tasks)
            if (task.hasExecutor() && !task.getExecutor().equals(executor))
                throw new Unacceptable(
                        "The `ExecutorInfo` of task '"
                                + task.getTaskId().getValue()
                                + "' is different from executor '"
                                + executor.getExecutorId().getValue()
                                + "'");
        JointUse.check(tasks, executor);
    }

    private static void check(TaskInfo task) throws Unacceptable {
        try {
            checkMember(task);
        } catch (Unacceptable invalid) {
            throw invalid.within(words(task));
        }
    }

    /// What comes before a complaint about one of them.
    static String words(TaskInfo task) {
        return "Task '" + task.getTaskId().getValue() + "' is invalid: ";
    }

    private static void checkMember(TaskInfo task) throws Unacceptable {
        var check = task.getHealthCheck().getType();
        boolean isOverNetwork = check == HealthCheck.Type.HTTP || check == HealthCheck.Type.TCP;
        if (task.getContainer().getNetworkInfosCount() > 0 && isOverNetwork)
            throw new Unacceptable(
                    "HTTP and TCP health checks are not supported for nested containers not joining"
                            + " parent's network");
        if (task.hasContainer() && task.getContainer().getType() == ContainerInfo.Type.DOCKER)
            throw new Unacceptable("Docker ContainerInfo is not supported on the task");
        if (task.getLimitsCount() > 0 && sharesCgroups(task))
            throw new Unacceptable(
                    "Resource limits may only be set for tasks within a task group when the"
                            + " 'share_cgroups' field is set to 'false'.");
    }

    /// The same for all tasks of one executor, those that run among them.
    static void checkCgroups(Stream<TaskInfo> tasks) throws Unacceptable {
        if (tasks.map(GroupChecks::sharesCgroups).distinct().count() > 1)
            throw new Unacceptable(
                    "If set, the value of 'share_cgroups' must be the same for all tasks in each"
                            + " task group and under a single executor");
    }

    private static boolean sharesCgroups(TaskInfo task) {
        var linux = task.getContainer().getLinuxInfo();
        return !linux.hasShareCgroups() || linux.getShareCgroups();
    }
}
