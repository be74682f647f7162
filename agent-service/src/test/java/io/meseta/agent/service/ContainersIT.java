package io.meseta.agent.service;

import static io.meseta.agent.service.ContainerBench.mesos;
import static io.meseta.agent.service.ContainerBench.ofSandbox;
import static io.meseta.agent.service.ContainerBench.secret;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpServer;
import io.meseta.mesos.v1.CapabilityInfo;
import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.ContainerInfo;
import io.meseta.mesos.v1.LinuxInfo;
import io.meseta.mesos.v1.RLimitInfo;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.mesos.v1.Volume;
import io.meseta.mesos.v1.Volume.Source.SandboxPath;
import io.meseta.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Tasks in true containers, from images to their ends. Skipped where no container runtime works.
@Timeout(180)
class ContainersIT {

    private static final String SETTINGS =
            """
            {"Env": ["GREETING=hi"], "WorkingDir": "/srv",
             "Cmd": ["/bin/sh", "-c", "echo $GREETING from $(pwd); cat /etc/box"]}\
            """;

    @TempDir private Path directory;
    private ContainerBench bench;
    private FakeMaster master;
    private RunningAgent agent;
    private HttpServer registry;

    @BeforeEach
    void start() throws IOException {
        BoxImage.write(directory, "box", SETTINGS);
        BoxImage.write(directory, "adas", "{\"User\": \"ada\", \"Cmd\": [\"/bin/id\", \"-u\"]}");
        Files.createDirectories(directory.resolve("shown"));
        Files.writeString(directory.resolve("shown/note"), "a note\n");
        registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(404, -1);
                    exchange.close();
                });
        registry.start();
        bench = new ContainerBench(directory);
        master = bench.master();
        agent = agent();
    }

    private RunningAgent agent() {
        return bench.start(
                "--meseta.agent.containers.images.plain-http=" + registry(),
                "--meseta.agent.containers.bounds.host-paths=" + directory.resolve("shown"));
    }

    private String registry() {
        return "127.0.0.1:" + registry.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        registry.stop(0);
        bench.close();
    }

    @Test
    void runsWhatTheImageSaysAsItSays() throws Exception {
        master.launch(inBox("plain", CommandInfo.newBuilder().setShell(false)));

        master.await("plain", TaskState.TASK_FINISHED);
        assertThat(bench.output("plain")).isEqualTo("hi from /srv\na box\n");
    }

    @Test
    void runsAsTheImagesUserFromADockerContainerToo() throws Exception {
        var docker =
                ContainerInfo.newBuilder()
                        .setType(ContainerInfo.Type.DOCKER)
                        .setDocker(ContainerInfo.DockerInfo.newBuilder().setImage("adas"));
        master.launch(
                bench.task("adas", CommandInfo.newBuilder().setShell(false)).setContainer(docker));

        master.await("adas", TaskState.TASK_FINISHED);
        assertThat(bench.output("adas")).isEqualTo("1815\n");
    }

    @Test
    void givesATaskItsSandboxItsLimitsAndItsOwnView() throws Exception {
        var script =
                """
                echo $MESOS_SANDBOX; pwd; touch $MESOS_SANDBOX/made; hostname
                ps | wc -l; ulimit -n; grep CapEff /proc/self/status; id -u
                ls /dev/shm | wc -l; touch /proc/sys/kernel/hostname && echo writable
                true\
                """;
        var task = inBox("view", shell(script));
        task.getContainerBuilder()
                .setHostname("boxed")
                .setLinuxInfo(
                        LinuxInfo.newBuilder()
                                .setEffectiveCapabilities(
                                        CapabilityInfo.newBuilder()
                                                .addCapabilities(CapabilityInfo.Capability.CHOWN)))
                .setRlimitInfo(
                        RLimitInfo.newBuilder()
                                .addRlimits(
                                        RLimitInfo.RLimit.newBuilder()
                                                .setType(RLimitInfo.RLimit.Type.RLMT_NOFILE)
                                                .setHard(123)
                                                .setSoft(123)));
        master.launch(task);

        master.await("view", TaskState.TASK_FINISHED);
        var lines = bench.output("view").lines().toList();
        assertThat(lines.subList(0, 3)).containsExactly("/mnt/mesos/sandbox", "/srv", "boxed");
        assertThat(Integer.parseInt(lines.get(3).strip())).isLessThan(8);
        assertThat(lines).contains("123", "CapEff:\t0000000000000001", "0");
        assertThat(lines).doesNotContain("writable");
        assertThat(bench.sandbox("view").resolve("made")).exists();
    }

    @Test
    void saysThatMemoryWasTheReason() throws Exception {
        master.launch(inBox("hungry", shell("dd if=/dev/zero of=/dev/null bs=300M count=1")));

        var end = master.await("hungry", TaskState.TASK_FAILED);
        assertThat(end.getReason()).isEqualTo(TaskStatus.Reason.REASON_CONTAINER_LIMITATION_MEMORY);
        assertThat(end.getMessage()).contains("Memory limit exceeded");
        assertThat(end.getLimitation().getResources(0).getName()).isEqualTo("mem");
        assertThat(end.getLimitation().getResources(0).getScalar().getValue()).isEqualTo(64);
    }

    @Test
    void findsItsContainersAgainAndEndsThem() throws Exception {
        master.launch(inBox("long", shell("trap 'exit 7' TERM; while :; do sleep 1; done")));
        var before = master.await("long", TaskState.TASK_RUNNING);
        agent = agent();

        assertThat(master.hellos().get(1).getTasks(0).getState()).isEqualTo(TaskState.TASK_RUNNING);
        var containers = agent.call("{\"type\": \"GET_CONTAINERS\"}").body();
        assertThat(containers)
                .contains(before.getContainerStatus().getContainerId().getValue())
                .contains("\"executor_pid\"")
                .contains("\"mem_limit_bytes\":67108864");
        assertThat(agent.get("/monitor/statistics").body()).contains("\"cpus_user_time_secs\"");
        master.kill("long", Duration.ofSeconds(30));
        assertThat(master.await("long", TaskState.TASK_KILLED).getMessage()).contains("status 7");
    }

    @Test
    void showsVolumesAndOnlyThoseThatMayBeShown() throws Exception {
        var task =
                inBox(
                        "volumes",
                        shell(
                                "cat /note; cat kept/secret; "
                                        + "touch /note/x || touch mine/y; ls mine"));
        task.getCommandBuilder().setValue("cd $MESOS_SANDBOX; " + task.getCommand().getValue());
        task.getContainerBuilder()
                .addVolumes(
                        Volume.newBuilder()
                                .setContainerPath("/note")
                                .setMode(Volume.Mode.RO)
                                .setHostPath(directory.resolve("shown/note").toString()))
                .addVolumes(ofSandbox("mine", SandboxPath.Type.SELF, "hidden/deep"))
                .addVolumes(secret("kept/secret", ByteString.copyFromUtf8("a secret\n")));
        master.launch(task);
        var refused = inBox("refused", shell("true"));
        refused.getContainerBuilder()
                .addVolumes(
                        Volume.newBuilder()
                                .setContainerPath("/host")
                                .setMode(Volume.Mode.RO)
                                .setHostPath("/etc"));
        master.launch(refused);

        assertThat(master.await("refused", TaskState.TASK_FAILED).getMessage())
                .contains("does not allow the host path '/etc'");
        master.await("volumes", TaskState.TASK_FINISHED);
        assertThat(bench.output("volumes")).isEqualTo("a note\na secret\ny\n");
        assertThat(bench.sandbox("volumes").resolve("hidden/deep/y")).exists();
    }

    @Test
    void saysWhyAnImageCanNotBeHad() {
        var task = bench.task("imageless", shell("true"));
        task.setContainer(mesos(registry() + "/nothing:here"));
        master.launch(task);

        var end = master.await("imageless", TaskState.TASK_FAILED);
        assertThat(end.getReason()).isEqualTo(TaskStatus.Reason.REASON_CONTAINER_LAUNCH_FAILED);
        assertThat(end.getMessage()).contains("Failed to pull the image").contains("nothing");
    }

    @Test
    void refusesWhatItCanNotDoByName() {
        var docker =
                ContainerInfo.DockerInfo.newBuilder()
                        .setImage("box")
                        .setNetwork(ContainerInfo.DockerInfo.Network.BRIDGE);
        master.launch(
                bench.task("bridged", shell("true"))
                        .setContainer(
                                ContainerInfo.newBuilder()
                                        .setType(ContainerInfo.Type.DOCKER)
                                        .setDocker(docker)));
        var greedy = inBox("greedy", shell("true"));
        greedy.getContainerBuilder()
                .setLinuxInfo(
                        LinuxInfo.newBuilder()
                                .setEffectiveCapabilities(
                                        CapabilityInfo.newBuilder()
                                                .addCapabilities(
                                                        CapabilityInfo.Capability.SYS_ADMIN)));
        master.launch(greedy);

        assertThat(master.await("bridged", TaskState.TASK_FAILED).getMessage())
                .contains("Unsupported docker network BRIDGE");
        assertThat(master.await("greedy", TaskState.TASK_FAILED).getMessage())
                .contains("does not allow the capabilities CAP_SYS_ADMIN");
    }

    @Test
    void prunesWhatNobodyUses() throws Exception {
        master.launch(inBox("user", CommandInfo.newBuilder().setShell(false)));
        master.await("user", TaskState.TASK_FINISHED);
        var layers = directory.resolve("work/images");
        Await.within(FakeMaster.LIMIT)
                .until("the image goes", () -> isPruned() && holdsNoBusybox(layers));
    }

    private boolean isPruned() {
        try {
            return agent.call("{\"type\": \"PRUNE_IMAGES\"}").statusCode() == 200;
        } catch (IOException failure) {
            throw new AssertionError(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    private static boolean holdsNoBusybox(Path layers) {
        try (var all = Files.walk(layers)) {
            return all.noneMatch(path -> path.endsWith("bin/busybox"));
        } catch (IOException | UncheckedIOException _) {
            return false;
        }
    }

    private static CommandInfo.Builder shell(String script) {
        return CommandInfo.newBuilder().setValue(script);
    }

    private TaskInfo.Builder inBox(String name, CommandInfo.Builder command) {
        return bench.boxed(name, "box", command);
    }
}
