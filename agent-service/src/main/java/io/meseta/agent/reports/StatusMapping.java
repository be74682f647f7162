package io.meseta.agent.reports;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.meseta.agent.core.task.AgentTask;
import io.meseta.agent.core.task.Home;
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
import io.meseta.model.status.StatusSource;
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
        var status =
                (update.isOfExecutor() ? said(update) : found(task, update))
                        .setTaskId(TaskID.newBuilder().setValue(task.key().task().value()))
                        .setAgentId(AgentID.newBuilder().setValue(agent.value()))
                        .setExecutorId(executor(task));
        if (update.cause().source() == StatusSource.EXECUTOR)
            status.setContainerStatus(container(task, pid, address));
        return status.build();
    }

    /// An executor's own words; when it names no time, it is that of their arrival.
    private static TaskStatus.Builder said(StatusUpdate update) {
        try {
            var status = TaskStatus.parseFrom(update.wire().asReadOnly()).toBuilder();
            if (!status.hasTimestamp()) status.setTimestamp(seconds(update));
            return status;
        } catch (InvalidProtocolBufferException malformed) {
            throw new IllegalStateException("a status was taken that can't be read", malformed);
        }
    }

    private static TaskStatus.Builder found(AgentTask task, StatusUpdate update) {
        var cause = update.cause();
        var status =
                TaskStatus.newBuilder()
                        .setState(TaskState.valueOf(update.state().name()))
                        .setTimestamp(seconds(update))
                        .setUuid(bytes(update.uuid()));
        if (!cause.message().isEmpty()) status.setMessage(cause.message());
        if (cause.reason() != Reason.NONE) {
            status.setReason(TaskStatus.Reason.valueOf("REASON_" + cause.reason().name()));
            Limitations.of(cause.reason(), task).ifPresent(status::setLimitation);
        }
        return status.setSource(
                cause.source() == StatusSource.AGENT
                        ? TaskStatus.Source.SOURCE_AGENT
                        : TaskStatus.Source.SOURCE_EXECUTOR);
    }

    /// A command task is its own executor.
    private static ExecutorID executor(AgentTask task) {
        var id =
                task.spec()
                        .home()
                        .executorKey()
                        .map(key -> key.executor().value())
                        .orElse(task.key().task().value());
        return ExecutorID.newBuilder().setValue(id).build();
    }

    /// Which run the task's first process is of.
    public static UUID process(AgentTask task) {
        return task.spec().home() instanceof Home.Hosted(_, var container, _)
                ? container
                : task.container();
    }

    private static ContainerID id(AgentTask task) {
        var id = ContainerID.newBuilder().setValue(process(task).toString());
        if (task.spec().home() instanceof Home.Grouped(_, var outer))
            id.setParent(ContainerID.newBuilder().setValue(outer.toString()));
        return id.build();
    }

    /// Containers share the machine's network here.
    public static ContainerStatus container(AgentTask task, long pid, String address) {
        var protocol =
                address.contains(":") ? NetworkInfo.Protocol.IPv6 : NetworkInfo.Protocol.IPv4;
        var container =
                ContainerStatus.newBuilder()
                        .setContainerId(id(task))
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
