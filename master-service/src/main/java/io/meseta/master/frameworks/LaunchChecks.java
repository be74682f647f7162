package io.meseta.master.frameworks;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.resources.OperationWire;
import io.meseta.master.wire.Unacceptable;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.model.AgentCapability;
import java.util.HashSet;
import java.util.Optional;

/// What may be asked of tasks that are launched each by itself, beside what is asked of every task.
final class LaunchChecks {

    private LaunchChecks() {}

    /// @param agent of the offers, if it is known
    static Optional<String> problem(TaskInfo task, Optional<Agent> agent) {
        try {
            checkResources(task);
            checkLimits(task, agent);
            checkCgroups(task);
            return Optional.empty();
        } catch (Unacceptable invalid) {
            return Optional.of(invalid.getMessage());
        }
    }

    private static void checkResources(TaskInfo task) throws Unacceptable {
        for (var each : task.getResourcesList()) {
            var problem = OperationWire.volumeProblem(each);
            if (problem.isPresent())
                throw new Unacceptable(
                        "Task uses invalid resources: Invalid DiskInfo: " + problem.get());
        }
        var seen = new HashSet<String>();
        for (var each : task.getResourcesList()) {
            if (!each.getDisk().hasPersistence()) continue;
            var id = each.getDisk().getPersistence().getId();
            if (!seen.add(role(each) + "\n" + id))
                throw new Unacceptable(
                        "Task uses duplicate persistence ID: Persistence ID '"
                                + id
                                + "' is not unique");
        }
    }

    @SuppressWarnings("deprecation") // the older form is what many frameworks still send
    private static String role(Resource each) {
        int last = each.getReservationsCount() - 1;
        return last < 0 ? each.getRole() : each.getReservations(last).getRole();
    }

    private static void checkLimits(TaskInfo task, Optional<Agent> agent) throws Unacceptable {
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
