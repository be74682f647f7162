package io.meseta.master.frameworks;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.wire.Unacceptable;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.model.AgentCapability;
import java.util.Optional;

/// What may be asked of tasks that are launched each by itself, beside what is asked of every task.
final class LaunchChecks {

    private LaunchChecks() {}

    /// @param agent of the offers, if it is known
    static Optional<String> problem(TaskInfo task, Optional<Agent> agent) {
        try {
            checkLimits(task, agent);
            checkCgroups(task);
            return Optional.empty();
        } catch (Unacceptable invalid) {
            return Optional.of(invalid.getMessage());
        }
    }

    /// Whether the agent can hold the task to its limits. Asked of tasks in groups, too.
    ///
    /// @param agent of the offers, if it is known
    static void checkLimits(TaskInfo task, Optional<Agent> agent) throws Unacceptable {
        boolean isUnable =
                agent.filter(each ->
                                !each.profile()
                                        .capabilities()
                                        .contains(AgentCapability.TASK_RESOURCE_LIMITS))
                        .isPresent();
        if (task.getLimitsCount() > 0 && isUnable)
            throw new Unacceptable("Agent is not capable of handling task resource limits");
    }

    private static void checkCgroups(TaskInfo task) throws Unacceptable {
        var linux = task.getContainer().getLinuxInfo();
        if (linux.hasShareCgroups() && !linux.getShareCgroups())
            throw new Unacceptable(
                    "Only tasks in a task group may have 'share_cgroups' set to 'false'");
    }
}
