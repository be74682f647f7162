package io.meseta.agent.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.ContainerInfo;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.mesos.v1.Value;
import io.meseta.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What tasks that are plain processes may take of the disk, and what is shown of them.
@Timeout(120)
class BoundsIT {

    @TempDir private Path work;
    private FakeMaster master;
    private RunningAgent agent;

    @BeforeEach
    void start() throws IOException {
        master = new FakeMaster();
        agent =
                RunningAgent.start(
                        work,
                        master,
                        "--meseta.agent.containers.disk.enforced=true",
                        "--meseta.agent.containers.disk.interval=100ms",
                        "--meseta.agent.tasks.logs.size-max=64KB",
                        "--meseta.agent.tasks.logs.interval=50ms");
        master.awaitHello(1);
    }

    @AfterEach
    void stop() {
        agent.end(master);
        master.close();
    }

    @Test
    void endsATaskThatTakesMoreDiskThanItHasAskedFor() {
        var disk =
                Resource.newBuilder()
                        .setName("disk")
                        .setType(Value.Type.SCALAR)
                        .setScalar(Value.Scalar.newBuilder().setValue(1));
        master.launch(
                master.task("large")
                        .addResources(disk)
                        .setCommand(
                                CommandInfo.newBuilder()
                                        .setValue("head -c 3000000 /dev/zero >much; sleep 600")));

        var end = master.await("large", TaskState.TASK_FAILED);
        assertThat(end.getReason()).isEqualTo(TaskStatus.Reason.REASON_CONTAINER_LIMITATION_DISK);
        assertThat(end.getMessage()).isEqualTo("Disk usage (2MB) exceeds quota (1MB)");
        assertThat(end.getLimitation().getResources(0).getName()).isEqualTo("disk");
    }

    @Test
    void rotatesOutputsWhileTheyAreWritten() throws Exception {
        master.launch("wordy", "head -c 100000 /dev/zero; sleep 600");
        master.await("wordy", TaskState.TASK_RUNNING);
        var latest = "frameworks/m-0000/executors/wordy/runs/latest/";

        Await.within(FakeMaster.LIMIT)
                .until("a rotation", () -> agentHas("/" + latest + "stdout.1.gz"));
    }

    private boolean agentHas(String path) {
        try {
            return agent.get("/files/download?path=" + path).statusCode() == 200;
        } catch (IOException failure) {
            throw new AssertionError(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    @Test
    void showsProcessesAsContainers() throws Exception {
        master.launch("busy", "sleep 600");
        var running = master.await("busy", TaskState.TASK_RUNNING);
        var id = running.getContainerStatus().getContainerId().getValue();

        assertThat(agent.call("{\"type\": \"GET_CONTAINERS\"}").body())
                .contains(id)
                .contains("\"executor_id\":{\"value\":\"busy\"}")
                .contains("\"mem_rss_bytes\"");
        assertThat(agent.get("/containers").body()).contains("\"container_id\":\"" + id + "\"");
        assertThat(agent.get("/slave(1)/monitor/statistics").body())
                .contains("\"executor_id\":\"busy\"")
                .contains("\"cpus_user_time_secs\"");
        assertThat(agent.call("{\"type\": \"PRUNE_IMAGES\"}").statusCode()).isEqualTo(200);
    }

    @Test
    void saysWhatThisMachineCanDoForContainers() throws Exception {
        assertThat(agent.get("/api/meseta/v1/doctor").body())
                .contains("\"able\":")
                .contains("\"findings\":[{\"topic\":");
    }

    @Test
    void refusesContainersWhereTheyAreSwitchedOff() {
        var task = master.task("boxed").setCommand(CommandInfo.newBuilder().setValue("true"));
        task.getContainerBuilder().setType(ContainerInfo.Type.MESOS).setHostname("boxed");
        master.launch(task);

        var end = master.await("boxed", TaskState.TASK_FAILED);
        assertThat(end.getReason()).isEqualTo(TaskStatus.Reason.REASON_CONTAINER_LAUNCH_FAILED);
        assertThat(end.getMessage())
                .isEqualTo(
                        "Failed to launch container: this agent can't run containers: its operator"
                                + " has them switched off");
        assertThat(Files.exists(work.resolve("images"))).isFalse();
    }
}
