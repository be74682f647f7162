package io.meseta.agent.service;

import static io.meseta.agent.service.ContainerBench.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.ContainerInfo;
import io.meseta.mesos.v1.Image;
import io.meseta.mesos.v1.LinuxInfo;
import io.meseta.mesos.v1.MountPropagation;
import io.meseta.mesos.v1.Parameter;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.Value;
import io.meseta.mesos.v1.Volume;
import io.meseta.runtime.cgroup.Hierarchies;
import io.meseta.runtime.host.Commands;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What only some tasks ask of their containers, seen from inside. Skipped where no container
/// runtime works.
@Timeout(180)
class ContainerWishesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// One that containers do not have by themselves, and that can be opened and never read.
    private static final String DEVICE = "/dev/loop-control";

    @TempDir private Path directory;
    private ContainerBench bench;
    private FakeMaster master;
    private HttpServer web;

    @BeforeEach
    void start() throws IOException {
        BoxImage.write(directory, "box", "{\"StopSignal\": \"SIGQUIT\"}");
        BoxImage.write(directory, "other", "{}");
        Files.createDirectories(directory.resolve("shown"));
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/", ContainerWishesIT::answer);
        web.start();
        var host = "127.0.0.1:" + web.getAddress().getPort();
        bench = new ContainerBench(directory);
        master = bench.master();
        bench.start(
                "--meseta.agent.containers.images.appc-prefix=http://" + host + "/",
                "--meseta.agent.containers.images.plain-http=" + host,
                "--meseta.agent.containers.bounds.unconfined=true",
                "--meseta.agent.containers.docker.pinning=true",
                "--meseta.agent.containers.bounds.devices=" + DEVICE,
                "--meseta.agent.containers.bounds.host-paths=" + directory.resolve("shown"));
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var isThere = exchange.getRequestURI().getPath().startsWith("/a.example/box-latest-");
            var body = isThere ? BoxImage.appc("a.example/box") : new byte[0];
            exchange.sendResponseHeaders(isThere ? 200 : 404, isThere ? body.length : -1);
            exchange.getResponseBody().write(body);
        }
    }

    @AfterEach
    void stop() {
        web.stop(0);
        bench.close();
    }

    @Test
    void isAskedToEndAsItsImageSays() {
        master.launch(boxed("quit", "trap 'exit 7' QUIT; while :; do sleep 0.1; done"));
        master.await("quit", TaskState.TASK_RUNNING);

        master.kill("quit", Duration.ofSeconds(30));

        assertThat(master.await("quit", TaskState.TASK_KILLED).getMessage()).contains("status 7");
    }

    @Test
    void hasSharedMemoryOfTheSizeItWants() throws Exception {
        var task = boxed("shm", "grep ' /dev/shm ' /proc/mounts");
        task.getContainerBuilder().setLinuxInfo(LinuxInfo.newBuilder().setShmSize(8));
        master.launch(task);

        master.await("shm", TaskState.TASK_FINISHED);
        assertThat(bench.output("shm")).contains("size=8192k");
    }

    @Test
    void hasDirectoriesInMemory() throws Exception {
        master.launch(
                docker(
                        "memory",
                        "grep ' /scratch ' /proc/mounts; touch /scratch/x && echo made",
                        "tmpfs=/scratch:noexec,size=16m"));

        master.await("memory", TaskState.TASK_FINISHED);
        assertThat(bench.output("memory"))
                .contains("size=16384k")
                .contains("noexec")
                .endsWith("made\n");
    }

    @Test
    void hasTheLimitsThatItsDockerParametersSay() throws Exception {
        var script =
                "grep -E 'Cpus_allowed_list|CapBnd' /proc/self/status; ulimit -n; ulimit -c;"
                        + " grep ' /dev/shm ' /proc/mounts; touch /made || echo kept;"
                        + " cat /proc/self/cgroup";
        master.launch(
                docker(
                        "limited",
                        script,
                        "cpuset-cpus=0",
                        "cap-drop=ALL",
                        "cap-add=chown",
                        "ulimit=nofile=50:60",
                        "ulimit=core=0",
                        "shm-size=8m",
                        "read-only=true",
                        "pids-limit=30"));

        master.await("limited", TaskState.TASK_FINISHED);
        assertThat(bench.output("limited").lines().map(String::strip))
                .contains("Cpus_allowed_list:\t0", "CapBnd:\t0000000000000001", "50", "0", "kept")
                .anyMatch(line -> line.contains("size=8192k"));
    }

    @Test
    void isKeptFromStartingTooMany() throws Exception {
        var script = "for i in 1 2 3 4 5 6 7 8 9; do sleep 600 & done; echo never";
        master.launch(docker("crowd", script, "pids-limit=5"));

        master.await("crowd", TaskState.TASK_FAILED);
        assertThat(bench.output("crowd")).doesNotContain("never");
    }

    @Test
    void isToldWhichOfItsParametersAreNotUnderstood() {
        master.launch(docker("unknown", "true", "read-only=true", "volume=/etc:/etc"));
        master.launch(docker("wrong", "true", "blkio-weight=5"));
        master.launch(docker("heavy", "true", "blkio-weight=500"));

        assertThat(master.await("unknown", TaskState.TASK_FAILED).getMessage())
                .contains("docker parameter 'volume'");
        assertThat(master.await("wrong", TaskState.TASK_FAILED).getMessage())
                .contains("'blkio-weight': 5 is not between 10 and 1000");
        assertThat(master.await("heavy", TaskState.TASK_FAILED).getMessage())
                .contains("disk-weight-max");
    }

    @Test
    void hasTheDevicesThatTheOperatorGivesAll() throws Exception {
        var script = "stat -c %F {0}; cat <{0} 2>&1; true".replace("{0}", DEVICE);
        master.launch(boxed("device", script));

        master.await("device", TaskState.TASK_FINISHED);
        assertThat(bench.output("device").lines()).first().isEqualTo("character special file");
        // It says so to whoever may open it.
        assertThat(bench.output("device")).contains("Invalid argument").doesNotContain("permitted");
    }

    /// Nothing counts huge pages on the machines of old that have no such controller: a task must
    /// not think that it has them.
    @Test
    void isRefusedHugePagesWhereNothingCountsThem() {
        assumeFalse(Hierarchies.read().limitable().contains("hugetlb"), "they are counted here");
        var task = boxed("huge", "true");
        task.addResources(
                Resource.newBuilder()
                        .setName("hugepages-2MB")
                        .setType(Value.Type.SCALAR)
                        .setScalar(Value.Scalar.newBuilder().setValue(4)));
        master.launch(task);

        assertThat(master.await("huge", TaskState.TASK_FAILED).getMessage())
                .contains("no limits of hugetlb");
    }

    @Test
    void runsAnAppcImageThatItDiscovers() throws Exception {
        var image =
                Image.newBuilder()
                        .setType(Image.Type.APPC)
                        .setAppc(Image.Appc.newBuilder().setName("a.example/box"));
        var container =
                ContainerInfo.newBuilder()
                        .setType(ContainerInfo.Type.MESOS)
                        .setMesos(ContainerInfo.MesosInfo.newBuilder().setImage(image));
        master.launch(
                master.task("appc")
                        .setCommand(CommandInfo.newBuilder().setShell(false))
                        .setContainer(container));

        master.await("appc", TaskState.TASK_FINISHED);
        assertThat(bench.output("appc")).isEqualTo("hello\n");
    }

    @Test
    void runsAnImageOfAnOciLayout() throws Exception {
        BoxImage.writeLayout(directory, "team/laid-out", "1.0", "{\"User\": \"ada\"}");
        master.launch(bench.boxed("tagged", "team/laid-out:1.0", "id -un; cat /etc/box"));
        master.launch(bench.boxed("only", "team/laid-out", "cat /etc/box"));
        master.launch(bench.boxed("other", "team/laid-out:2.0", "true"));

        master.await("tagged", TaskState.TASK_FINISHED);
        master.await("only", TaskState.TASK_FINISHED);
        assertThat(bench.output("tagged")).isEqualTo("ada\na box\n");
        assertThat(bench.output("only")).isEqualTo("a box\n");
        assertThat(master.await("other", TaskState.TASK_FAILED).getMessage())
                .contains("no image called \"2.0\"");
    }

    @Test
    void hasAnImageAsAVolume() throws Exception {
        var task = boxed("image", "cat /other/etc/box; touch /other/made && echo written");
        task.getContainerBuilder()
                .addVolumes(
                        Volume.newBuilder()
                                .setContainerPath("/other")
                                .setMode(Volume.Mode.RW)
                                .setImage(image("other")));
        master.launch(task);

        master.await("image", TaskState.TASK_FINISHED);
        assertThat(bench.output("image")).isEqualTo("a box\nwritten\n");
    }

    @Test
    void seesWhatIsMountedOnTheMachineLater() throws Exception {
        var shown = directory.resolve("shown");
        mount("-t", "tmpfs", "shown", shown.toString());
        try {
            mount("--make-shared", shown.toString());
            Files.createDirectory(shown.resolve("later"));
            var task = boxed("late", "until [ -e /host/later/note ]; do sleep 0.1; done");
            task.getContainerBuilder().addVolumes(spread(MountPropagation.Mode.HOST_TO_CONTAINER));
            master.launch(task);
            master.await("late", TaskState.TASK_RUNNING);

            mount("-t", "tmpfs", "later", shown.resolve("later").toString());
            Files.writeString(shown.resolve("later/note"), "seen");

            master.await("late", TaskState.TASK_FINISHED);
        } finally {
            run("umount", "-R", "-l", shown.toString());
        }
    }

    private Volume spread(MountPropagation.Mode mode) {
        var path =
                Volume.Source.HostPath.newBuilder()
                        .setPath(directory.resolve("shown").toString())
                        .setMountPropagation(MountPropagation.newBuilder().setMode(mode));
        return Volume.newBuilder()
                .setContainerPath("/host")
                .setMode(Volume.Mode.RO)
                .setSource(
                        Volume.Source.newBuilder()
                                .setType(Volume.Source.Type.HOST_PATH)
                                .setHostPath(path))
                .build();
    }

    private static void mount(String... arguments) throws InterruptedException {
        var command = new ArrayList<>(List.of("mount"));
        command.addAll(List.of(arguments));
        run(command.toArray(String[]::new));
    }

    private static void run(String... command) throws InterruptedException {
        var outcome = Commands.run(PATIENCE, List.of(command));
        assertThat(outcome.isSuccess()).as(outcome.output()).isTrue();
    }

    @Test
    void seesTheMachinesProcessesAndMemoryWhereItIsLet() throws Exception {
        long own = ProcessHandle.current().pid();
        var note = Files.writeString(Path.of("/dev/shm/meseta-wishes-" + own), "shared");
        try {
            var script = "test -d /proc/%s && echo pid; cat %s".formatted(own, note);
            var alone = boxed("alone", script + "; true");
            master.launch(alone);
            var sharing = boxed("sharing", script);
            sharing.getContainerBuilder()
                    .setLinuxInfo(
                            LinuxInfo.newBuilder()
                                    .setSharePidNamespace(true)
                                    .setIpcMode(LinuxInfo.IpcMode.SHARE_PARENT));
            master.launch(sharing);

            master.await("alone", TaskState.TASK_FINISHED);
            master.await("sharing", TaskState.TASK_FINISHED);
            assertThat(bench.output("alone")).isEmpty();
            assertThat(bench.output("sharing")).isEqualTo("pid\nshared");
        } finally {
            Files.delete(note);
        }
    }

    @Test
    void refusesVolumesOfPluginsByName() {
        for (var type : List.of(Volume.Source.Type.CSI_VOLUME, Volume.Source.Type.DOCKER_VOLUME)) {
            var task = boxed(type.name().replace('_', '-'), "true");
            task.getContainerBuilder()
                    .addVolumes(
                            Volume.newBuilder()
                                    .setContainerPath("/volume")
                                    .setMode(Volume.Mode.RW)
                                    .setSource(Volume.Source.newBuilder().setType(type)));
            master.launch(task);

            var end = master.await(task.getTaskId().getValue(), TaskState.TASK_FAILED);
            assertThat(end.getMessage()).contains("Unsupported volume of a ");
        }
    }

    /// @param parameters such as `read-only=true`
    private TaskInfo.Builder docker(String name, String script, String... parameters) {
        var docker = ContainerInfo.DockerInfo.newBuilder().setImage("box");
        for (var parameter : parameters) {
            var parts = parameter.split("=", 2);
            docker.addParameters(Parameter.newBuilder().setKey(parts[0]).setValue(parts[1]));
        }
        return boxed(name, script)
                .setContainer(
                        ContainerInfo.newBuilder()
                                .setType(ContainerInfo.Type.DOCKER)
                                .setDocker(docker));
    }

    private TaskInfo.Builder boxed(String name, String script) {
        return bench.boxed(name, "box", script);
    }
}
