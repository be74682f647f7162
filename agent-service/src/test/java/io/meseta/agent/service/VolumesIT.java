package io.meseta.agent.service;

import static io.meseta.agent.service.VolumeOrders.disk;
import static io.meseta.agent.service.VolumeOrders.reserved;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.OperationState;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.Resource.DiskInfo;
import io.meseta.mesos.v1.TaskState;
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
    private VolumeOrders orders;

    @BeforeEach
    void start() throws IOException {
        master = new FakeMaster();
        orders = new VolumeOrders(master);
        agent = RunningAgent.start(work, master);
        master.awaitHello(1);
    }

    @AfterEach
    void stop() {
        agent.end(master);
        master.close();
    }

    private static Resource.Builder volume(String id, double megabytes) {
        return VolumeOrders.volume(id, megabytes, "deep/data");
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
        orders.operate(disk(16), reserved(16));
        orders.operate(reserved(8), volume("v1", 8));
        assertThat(orders.outcome(1).getState()).isEqualTo(OperationState.OPERATION_FINISHED);
        assertThat(orders.outcome(2).getState()).isEqualTo(OperationState.OPERATION_FINISHED);
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

        orders.operate(volume("v1", 8), reserved(8));
        int order = 5;
        assertThat(orders.outcome(order).getState()).isEqualTo(OperationState.OPERATION_FINISHED);
        assertThat(Files.exists(data)).isFalse();
    }

    /// The disk stays, since it is mounted there; its volume's data goes.
    @Test
    void keepsVolumesOnDisksOfTheirOwn(@TempDir Path disks) throws Exception {
        var path = Files.createDirectory(disks.resolve("path"));
        var mount = Files.createDirectory(disks.resolve("mount"));
        agent.close();
        agent =
                RunningAgent.start(
                        disks.resolve("work"),
                        master,
                        "--meseta.agent.resources=["
                                + json("PATH", "path", path)
                                + ","
                                + json("MOUNT", "mount", mount)
                                + "]");
        master.awaitHello(2);
        orders.operate(on(path, false, disk(16)), on(path, false, reserved(16)));
        orders.operate(on(mount, true, disk(16)), on(mount, true, reserved(16)));
        orders.operate(on(path, false, reserved(8)), on(path, false, volume("v1", 8)));
        orders.operate(on(mount, true, reserved(16)), on(mount, true, volume("v2", 16)));
        assertThat(orders.outcome(4).getState()).isEqualTo(OperationState.OPERATION_FINISHED);
        assertThat(path.resolve("volumes/roles/eng dev/v1")).isDirectory();
        uses("path-user", on(path, false, volume("v1", 8)));
        uses("mount-user", on(mount, true, volume("v2", 16)));
        assertThat(path.resolve("volumes/roles/eng dev/v1/precious")).hasContent("path-user");
        assertThat(mount.resolve("precious")).hasContent("mount-user");

        orders.operate(on(mount, true, volume("v2", 16)), on(mount, true, reserved(16)));
        orders.operate(on(path, false, volume("v1", 8)), on(path, false, reserved(8)));

        assertThat(orders.outcome(8).getState()).isEqualTo(OperationState.OPERATION_FINISHED);
        assertThat(mount).isEmptyDirectory();
        assertThat(path.resolve("volumes/roles/eng dev")).isEmptyDirectory();
    }

    private void uses(String task, Resource.Builder volume) {
        master.launch(
                master.task(task)
                        .addResources(volume)
                        .setCommand(
                                CommandInfo.newBuilder()
                                        .setValue("echo " + task + " >deep/data/precious")));
        master.await(task, TaskState.TASK_FINISHED);
    }

    private static String json(String type, String field, Path root) {
        return ("{\"name\":\"disk\",\"type\":\"SCALAR\",\"scalar\":{\"value\":16},\"disk\":"
                        + "{\"source\":{\"type\":\"%s\",\"%s\":{\"root\":\"%s\"}}}}")
                .formatted(type, field, root);
    }

    private static Resource.Builder on(Path root, boolean isMount, Resource.Builder disk) {
        var source = DiskInfo.Source.newBuilder();
        if (isMount)
            source.setType(DiskInfo.Source.Type.MOUNT)
                    .setMount(DiskInfo.Source.Mount.newBuilder().setRoot(root.toString()));
        else
            source.setType(DiskInfo.Source.Type.PATH)
                    .setPath(DiskInfo.Source.Path.newBuilder().setRoot(root.toString()));
        disk.getDiskBuilder().setSource(source);
        return disk;
    }

    @Test
    void showsOperationsUntilTheMasterHasHeardOfThem() throws Exception {
        master.isAcknowledging = false;
        orders.operate(disk(16), reserved(16));
        assertThat(orders.outcome(1).getState()).isEqualTo(OperationState.OPERATION_FINISHED);

        var shown = agent.call("{\"type\":\"GET_OPERATIONS\"}").body();

        assertThat(shown).contains("\"state\":\"OPERATION_FINISHED\"");
        assertThat(agent.get("/state").body())
                .contains("\"reserved_resources\":{\"eng/dev\":{\"disk\":16.0");
        master.isAcknowledging = true;
    }

    @Test
    void saysWhatIsGivenAwayTwice(@TempDir Path other) throws Exception {
        agent.close();
        agent = RunningAgent.start(other, master, "--meseta.agent.place.oversubscribed=cpus:2");
        master.awaitHello(2);

        assertThat(master.hellos().getLast().getTotalResourcesList())
                .anyMatch(each ->
                        each.hasRevocable()
                                && each.getName().equals("cpus")
                                && each.getScalar().getValue() == 2);
    }

    @Test
    void dropsAnOperationThatThereIsNothingFor() {
        orders.operate(disk(1e9), reserved(1e9));

        assertThat(orders.outcome(1).getState()).isEqualTo(OperationState.OPERATION_DROPPED);
        assertThat(orders.outcome(1).getMessage()).contains("does not contain disk:1000000000");
    }
}
