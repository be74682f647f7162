package io.meseta.master.wire;

import com.google.protobuf.ByteString;
import io.meseta.master.core.task.Status;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.model.AgentId;
import io.meseta.model.TaskId;
import io.meseta.model.TaskState;
import io.meseta.model.status.StatusReason;
import java.util.Optional;

/// Writes statuses as frameworks and operators read them.
public final class StatusWriting {

    private static final StatusReason PREEMPTED = StatusReason.REASON_CONTAINER_PREEMPTED;

    private StatusWriting() {}

    /// @param agent where the task runs, if anyone knows
    public static TaskStatus write(TaskId task, Optional<AgentId> agent, Status status) {
        var wire =
                status.uuid().isPresent()
                        ? reported(status)
                        : made(Sealed.status(status.wire()), status);
        wire.setTaskId(WireNames.id(task)).setState(WireNames.of(status.state()));
        if (!wire.hasAgentId()) agent.ifPresent(id -> wire.setAgentId(WireNames.id(id)));
        return wire.build();
    }

    /// What the agent has sent, and the framework must acknowledge.
    private static TaskStatus.Builder reported(Status status) {
        var wire = Sealed.status(status.wire()).toBuilder();
        status.uuid().ifPresent(id -> wire.setUuid(ByteString.copyFrom(WireIds.bytes(id))));
        // Only the master knows that it was not the framework who wanted the end, and for whom.
        if (status.origin().reason().filter(PREEMPTED::equals).isPresent())
            wire.setReason(WireNames.of(PREEMPTED)).setMessage(status.message());
        return wire;
    }

    /// What the master has to say. Of what the agent last sent it repeats how the container is, but
    /// not the bytes of an executor, and nothing that asks for an acknowledgement.
    private static TaskStatus.Builder made(TaskStatus last, Status status) {
        var wire = TaskStatus.newBuilder();
        if (last.hasHealthy()) wire.setHealthy(last.getHealthy());
        if (last.hasCheckStatus()) wire.setCheckStatus(last.getCheckStatus());
        if (last.hasContainerStatus()) wire.setContainerStatus(last.getContainerStatus());
        var origin = status.origin();
        wire.setMessage(status.message())
                .setSource(WireNames.of(origin.source()))
                .setTimestamp(Times.seconds(origin.at()));
        origin.reason().ifPresent(reason -> wire.setReason(WireNames.of(reason)));
        if (status.state() == TaskState.TASK_UNREACHABLE)
            wire.setUnreachableTime(Times.info(origin.at()));
        return wire;
    }
}
