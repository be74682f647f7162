package io.meseta.endtoend.framework;

import com.google.protobuf.ByteString;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.TaskStatus;

/// One UPDATE as it came down the stream.
///
/// @param subscription in which conversation of the framework it came, from 1
public record Update(TaskStatus status, int subscription) {

    public String task() {
        return status.getTaskId().getValue();
    }

    public TaskState state() {
        return status.getState();
    }

    /// Empty for what the master says of its own accord.
    public ByteString uuid() {
        return status.getUuid();
    }

    /// Whether it is an agent's, repeated until it is acknowledged.
    public boolean isReliable() {
        return !status.getUuid().isEmpty();
    }

    @Override
    public String toString() {
        var kind = isReliable() ? "" : " (no uuid, " + status.getReason() + ")";
        return "#%d %s%s %s".formatted(subscription, state(), kind, status.getMessage());
    }
}
