package io.meseta.agent.reports;

import com.google.protobuf.ByteString;
import io.meseta.agent.core.task.AgentTask;
import io.meseta.agent.core.update.Cause.Reason;
import io.meseta.agent.core.update.StatusUpdate;
import io.meseta.mesos.v1.AgentID;
import io.meseta.mesos.v1.ContainerID;
import io.meseta.mesos.v1.ContainerStatus;
import io.meseta.mesos.v1.ExecutorID;
import io.meseta.mesos.v1.FrameworkID;
import io.meseta.mesos.v1.NetworkInfo;
import io.meseta.mesos.v1.TaskID;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.model.AgentId;
import io.meseta.model.StatusSource;
import java.nio.ByteBuffer;
import java.util.UUID;

/// From what the core says to what the wire says.
public final class StatusMapping {

    private StatusMapping() {}

    /// The status as frameworks see it.
    ///
    /// @param pid of the command's first process; 0 for none
    /// @param address of this machine
    public static TaskStatus status(
            AgentTask task, StatusUpdate update, AgentId agent, long pid, String address) {
        var cause = update.cause();
        var id = task.key().task().value();
        var status =
                TaskStatus.newBuilder()
                        .setTaskId(TaskID.newBuilder().setValue(id))
                        .setState(TaskState.valueOf(update.state().name()))
                        .setAgentId(AgentID.newBuilder().setValue(agent.value()))
                        .setExecutorId(ExecutorID.newBuilder().setValue(id))
                        .setTimestamp(seconds(update))
                        .setUuid(bytes(update.uuid()));
        if (!cause.message().isEmpty()) status.setMessage(cause.message());
        if (cause.reason() != Reason.NONE) {
            status.setReason(TaskStatus.Reason.valueOf("REASON_" + cause.reason().name()));
        }
        if (cause.source() == StatusSource.AGENT) {
            status.setSource(TaskStatus.Source.SOURCE_AGENT);
        } else {
            status.setSource(TaskStatus.Source.SOURCE_EXECUTOR);
            status.setContainerStatus(container(task, pid, address));
        }
        return status.build();
    }

    /// Containers share the machine's network here.
    public static ContainerStatus container(AgentTask task, long pid, String address) {
        var protocol =
                address.contains(":") ? NetworkInfo.Protocol.IPv6 : NetworkInfo.Protocol.IPv4;
        var container =
                ContainerStatus.newBuilder()
                        .setContainerId(
                                ContainerID.newBuilder().setValue(task.container().toString()))
                        .addNetworkInfos(
                                NetworkInfo.newBuilder()
                                        .addIpAddresses(
                                                NetworkInfo.IPAddress.newBuilder()
                                                        .setProtocol(protocol)
                                                        .setIpAddress(address)));
        if (pid > 0) container.setExecutorPid((int) pid);
        return container.build();
    }

    public static FrameworkID framework(AgentTask task) {
        return FrameworkID.newBuilder().setValue(task.key().framework().value()).build();
    }

    /// 16 bytes, most significant first.
    public static ByteString bytes(UUID uuid) {
        var buffer = ByteBuffer.allocate(2 * Long.BYTES);
        buffer.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
        return ByteString.copyFrom(buffer.flip());
    }

    private static double seconds(StatusUpdate update) {
        return update.at().toEpochMilli() / 1000.0;
    }
}
