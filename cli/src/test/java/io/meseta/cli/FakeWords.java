package io.meseta.cli;

import com.google.protobuf.ByteString;
import io.meseta.mesos.v1.FrameworkID;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.Task;
import io.meseta.mesos.v1.TaskID;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.mesos.v1.Value;
import io.meseta.mesos.v1.scheduler.Event;

/// What a cluster that is not there would say.
final class FakeWords {

    static final Resource PORTS =
            Resource.newBuilder()
                    .setName("ports")
                    .setType(Value.Type.RANGES)
                    .setRanges(
                            Value.Ranges.newBuilder()
                                    .addRange(
                                            Value.Range.newBuilder().setBegin(31000).setEnd(31009)))
                    .setAllocationInfo(Resource.AllocationInfo.newBuilder().setRole("*"))
                    .build();

    private FakeWords() {}

    static Task task(String framework, String id, TaskState state) {
        return Task.newBuilder()
                .setName(id)
                .setTaskId(TaskID.newBuilder().setValue(id))
                .setFrameworkId(FrameworkID.newBuilder().setValue(framework))
                .setAgentId(FakeCluster.AGENT)
                .setState(state)
                .build();
    }

    static Resource scalar(String name, double amount) {
        return Resource.newBuilder()
                .setName(name)
                .setType(Value.Type.SCALAR)
                .setScalar(Value.Scalar.newBuilder().setValue(amount))
                .setAllocationInfo(Resource.AllocationInfo.newBuilder().setRole("*"))
                .build();
    }

    static Event.Builder update(TaskStatus.Builder status) {
        var event = Event.newBuilder().setType(Event.Type.UPDATE);
        event.getUpdateBuilder().setStatus(status);
        return event;
    }

    static TaskStatus.Builder status(String id, TaskState state) {
        return TaskStatus.newBuilder()
                .setTaskId(TaskID.newBuilder().setValue(id))
                .setAgentId(FakeCluster.AGENT)
                .setState(state)
                .setSource(TaskStatus.Source.SOURCE_EXECUTOR)
                .setUuid(ByteString.copyFrom(new byte[16]));
    }
}
