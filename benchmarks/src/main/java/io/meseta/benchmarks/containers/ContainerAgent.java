package io.meseta.benchmarks.containers;

import io.meseta.benchmarks.services.OpenService;
import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.ContainerInfo;
import io.meseta.mesos.v1.Image;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.Value;
import io.meseta.runtime.RuntimeSettings;
import io.meseta.runtime.oci.OciRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// An agent that runs containers, as a process of its own, under a [PretendedMaster].
final class ContainerAgent implements AutoCloseable {

    static final String CGROUP = "/meseta-bench";

    private static final double CPUS = 0.01;
    private static final double MEM_MB = 32;

    private final PretendedMaster master;
    private final OpenService service;
    private final Path engine;

    private ContainerAgent(PretendedMaster master, OpenService service, Path engine) {
        this.master = master;
        this.service = service;
        this.engine = engine;
    }

    static ContainerAgent start(Path jar, Path directory, BoxArchive box)
            throws IOException, InterruptedException {
        var master = new PretendedMaster();
        var engine = directory.resolve("engine");
        var settings =
                List.of(
                        "--meseta.agent.masters=" + master.address(),
                        "--meseta.agent.work-dir=" + directory.resolve("work"),
                        "--meseta.agent.resources=cpus:64;mem:65536;disk:65536",
                        "--meseta.agent.containers.use=required",
                        "--meseta.agent.containers.engine.directory=" + engine,
                        "--meseta.agent.containers.engine.cgroup-parent=" + CGROUP,
                        "--meseta.agent.containers.images.archives=" + box.archive().getParent());
        var log = directory.resolve("agent.log");
        System.out.println("the agent's log: " + log);
        var service = OpenService.start(jar, log, List.of("-Xmx256m"), settings);
        var agent = new ContainerAgent(master, service, engine);
        master.awaitAgent();
        return agent;
    }

    PretendedMaster master() {
        return master;
    }

    OpenService service() {
        return service;
    }

    /// What is known of the containers, below which each has its `config.json`.
    Path bundles() {
        return engine.resolve("containers");
    }

    /// A task in a container of the image.
    static TaskInfo boxed(String id, String... words) {
        var image = Image.newBuilder().setType(Image.Type.DOCKER);
        image.getDockerBuilder().setName(BoxArchive.NAME);
        var container = ContainerInfo.newBuilder().setType(ContainerInfo.Type.MESOS);
        container.getMesosBuilder().setImage(image);
        return plain(id, words).toBuilder().setContainer(container).build();
    }

    /// A task that is a process of the machine.
    static TaskInfo plain(String id, String... words) {
        var task = TaskInfo.newBuilder().setName(id).setAgentId(PretendedMaster.AGENT);
        task.getTaskIdBuilder().setValue(id);
        task.setCommand(
                CommandInfo.newBuilder()
                        .setShell(false)
                        .setValue(words[0])
                        .addAllArguments(List.of(words)));
        return task.addResources(scalar("cpus", CPUS)).addResources(scalar("mem", MEM_MB)).build();
    }

    private static Resource scalar(String name, double amount) {
        return Resource.newBuilder()
                .setName(name)
                .setType(Value.Type.SCALAR)
                .setScalar(Value.Scalar.newBuilder().setValue(amount))
                .build();
    }

    /// Waits until so many tasks have said that they are in a state; says when the last did.
    long await(TaskState state, int count) throws InterruptedException {
        long last = 0;
        for (int heard = 0; heard < count; ) {
            var seen = master.next();
            var now = seen.status().getState();
            if (now == TaskState.TASK_FAILED || now == TaskState.TASK_LOST)
                throw new IllegalStateException(seen.status().toString());
            if (now != state) continue;
            heard++;
            last = seen.nanos();
        }
        return last;
    }

    /// What it has in memory, its virtual machine's own included.
    long megabytes() throws IOException {
        var status = Path.of("/proc", Long.toString(service.handle().pid()), "status");
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(kilobytes -> Long.parseLong(kilobytes) / 1024)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /// Seconds of the processors that it has used.
    double cpuSeconds() {
        return service.handle()
                .info()
                .totalCpuDuration()
                .map(time -> time.toNanos() / 1e9)
                .orElseThrow();
    }

    @Override
    public void close() {
        service.close();
        master.close();
        removeContainers();
    }

    /// Containers outlive their agent; after a run that has failed, nobody else ends them.
    private void removeContainers() {
        try (var runtime = OciRuntime.open(RuntimeSettings.in(engine).below(CGROUP))) {
            for (var each : runtime.containers()) runtime.destroy(each);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
