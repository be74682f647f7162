package io.meseta.agent.service;

import io.meseta.mesos.v1.OperationState;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.Resource.DiskInfo;
import io.meseta.mesos.v1.Resource.ReservationInfo;
import io.meseta.mesos.v1.Value;
import io.meseta.mesos.v1.Volume;
import io.meseta.testkit.Await;
import io.meseta.wire.agent.Operate;
import io.meseta.wire.agent.OperationOutcome;
import io.meseta.wire.agent.Order;

/// The orders by which a disk becomes a volume, and a volume a disk again.
record VolumeOrders(FakeMaster master) {

    static Resource.Builder disk(double megabytes) {
        return Resource.newBuilder()
                .setName("disk")
                .setType(Value.Type.SCALAR)
                .setScalar(Value.Scalar.newBuilder().setValue(megabytes));
    }

    static Resource.Builder reserved(double megabytes) {
        return disk(megabytes)
                .addReservations(
                        ReservationInfo.newBuilder()
                                .setType(ReservationInfo.Type.DYNAMIC)
                                .setRole("eng/dev"));
    }

    /// @param containerPath where tasks see it
    static Resource.Builder volume(String id, double megabytes, String containerPath) {
        var disk =
                DiskInfo.newBuilder()
                        .setPersistence(DiskInfo.Persistence.newBuilder().setId(id))
                        .setVolume(
                                Volume.newBuilder()
                                        .setContainerPath(containerPath)
                                        .setMode(Volume.Mode.RW));
        return reserved(megabytes).setDisk(disk);
    }

    void operate(Resource.Builder consumed, Resource.Builder converted) {
        var operate = Operate.newBuilder().addConsumed(consumed).addConverted(converted);
        master.order(Order.newBuilder().setOperate(operate));
    }

    /// How the order of that number ended, once it is told.
    OperationOutcome outcome(int order) {
        return Await.within(FakeMaster.LIMIT)
                .value(
                        "the end of operation " + order,
                        () ->
                                master.outcomes().stream()
                                        .filter(outcome -> outcome.getOrder() == order)
                                        .findFirst());
    }

    boolean isDone(int order) {
        return outcome(order).getState() == OperationState.OPERATION_FINISHED;
    }
}
