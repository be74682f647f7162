package io.meseta.agent.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.OperationState;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.Resource.DiskInfo;
import io.meseta.mesos.v1.Resource.ReservationInfo;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.Value;
import io.meseta.mesos.v1.Volume;
import io.meseta.testkit.Await;
import io.meseta.wire.agent.Operate;
import io.meseta.wire.agent.OperationOutcome;
import io.meseta.wire.agent.Order;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Volumes on a machine, from the order to make one to the end of its data.
class VolumesIT {

    @TempDir private Path work;
    private FakeMaster master;
    private RunningAgent agent;

    @BeforeEach
    void start() throws IOException {
        master = new FakeMaster();
        agent = RunningAgent.start(work, master);
        master.awaitHello(1);
    }

    @AfterEach
    void stop() {
        master.isAcknowledging = true;
        master.shutdownFramework();
        agent.close();
        master.close();
    }

    private static Resource.Builder disk(double megabytes) {
        return Resource.newBuilder()
                .setName("disk")
                .setType(Value.Type.SCALAR)
                .setScalar(Value.Scalar.newBuilder().setValue(megabytes));
    }

    private static Resource.Builder reserved(double megabytes) {
        return disk(megabytes)
                .addReservations(
                        ReservationInfo.newBuilder()
                                .setType(ReservationInfo.Type.DYNAMIC)
                                .setRole("eng/dev"));
    }

    private static Resource.Builder volume(String id, double megabytes) {
        var disk =
                DiskInfo.newBuilder()
                        .setPersistence(DiskInfo.Persistence.newBuilder().setId(id))
                        .setVolume(
                                Volume.newBuilder()
                                        .setContainerPath("deep/data")
                                        .setMode(Volume.Mode.RW));
        return reserved(megabytes).setDisk(disk);
    }

    private void operate(Resource.Builder consumed, Resource.Builder converted) {
        var operate = Operate.newBuilder().addConsumed(consumed).addConverted(converted);
        master.order(Order.newBuilder().setOperate(operate));
    }

    private OperationOutcome outcome(int order) {
        return Await.within(FakeMaster.LIMIT)
                .value(
                        "the end of operation " + order,
                        () ->
                                master.outcomes().stream()
                                        .filter(outcome -> outcome.getOrder() == order)
                                        .findFirst());
    }

    private void run(String task, String command) {
        master.launch(
                master.task(task)
                        .addResources(volume("v1", 8))
                        .setCommand(CommandInfo.newBuilder().setValue(command)));
        master.await(task, TaskState.TASK_FINISHED);
    }

    @Test
    void keepsDataFromTaskToTaskAndOverARestartUntilItIsDestroyed() throws Exception {
        operate(disk(16), reserved(16));
        operate(reserved(8), volume("v1", 8));
        assertThat(outcome(1).getState()).isEqualTo(OperationState.OPERATION_FINISHED);
        assertThat(outcome(2).getState()).isEqualTo(OperationState.OPERATION_FINISHED);
        var data = work.resolve("volumes/roles/eng dev/v1");
        assertThat(data).isDirectory();

        run("writer", "echo precious > deep/data/file");
        agent.close();
        agent = RunningAgent.start(work, master);
        master.awaitHello(2);
        var hello = master.hellos().getLast();
        assertThat(hello.getTotalResourcesList())
                .anyMatch(each -> each.getDisk().getPersistence().getId().equals("v1"));
        run("reader", "grep -q precious deep/data/file");

        operate(volume("v1", 8), reserved(8));
        int order = 5;
        assertThat(outcome(order).getState()).isEqualTo(OperationState.OPERATION_FINISHED);
        assertThat(Files.exists(data)).isFalse();
    }

    @Test
    void dropsAnOperationThatThereIsNothingFor() {
        operate(disk(1e9), reserved(1e9));

        assertThat(outcome(1).getState()).isEqualTo(OperationState.OPERATION_DROPPED);
        assertThat(outcome(1).getMessage()).contains("does not contain disk:1000000000");
    }
}
