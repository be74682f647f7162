package io.meseta.agent.reports;

import com.google.protobuf.InvalidProtocolBufferException;
import io.meseta.agent.core.task.AgentTask;
import io.meseta.agent.core.update.Cause.Reason;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.TaskResourceLimitation;
import io.meseta.mesos.v1.Value;
import java.util.Optional;

/// Which resource a task had too little of, and how much of it it had.
final class Limitations {

    private Limitations() {}

    /// Empty for ends that have nothing to do with a limit.
    static Optional<TaskResourceLimitation> of(Reason reason, AgentTask task) {
        return switch (reason) {
            case CONTAINER_LIMITATION_MEMORY -> Optional.of(of("mem", task));
            case CONTAINER_LIMITATION_DISK -> Optional.of(of("disk", task));
            case NONE,
                    AGENT_DRAINING,
                    AGENT_RESTARTED,
                    CONTAINER_LAUNCH_FAILED,
                    EXECUTOR_REGISTRATION_TIMEOUT,
                    EXECUTOR_REREGISTRATION_TIMEOUT,
                    EXECUTOR_TERMINATED,
                    MAX_COMPLETION_TIME_REACHED,
                    TASK_GROUP_INVALID,
                    TASK_INVALID,
                    TASK_KILLED_DURING_LAUNCH ->
                    Optional.empty();
        };
    }

    private static TaskResourceLimitation of(String name, AgentTask task) {
        try {
            var info = TaskInfo.parseFrom(task.spec().wire().asReadOnly());
            double requested =
                    info.getResourcesList().stream()
                            .filter(each -> each.getName().equals(name))
                            .mapToDouble(each -> each.getScalar().getValue())
                            .sum();
            var limit = info.getLimitsMap().get(name);
            double amount = limit == null ? requested : limit.getValue();
            var resource =
                    Resource.newBuilder()
                            .setName(name)
                            .setType(Value.Type.SCALAR)
                            .setScalar(Value.Scalar.newBuilder().setValue(amount));
            return TaskResourceLimitation.newBuilder().addResources(resource).build();
        } catch (InvalidProtocolBufferException malformed) {
            throw new IllegalStateException("a task is held that can't be read", malformed);
        }
    }
}
