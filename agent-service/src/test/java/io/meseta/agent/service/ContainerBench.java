package io.meseta.agent.service;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import io.meseta.agent.containers.Containment;
import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.ContainerInfo;
import io.meseta.mesos.v1.Image;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.Secret;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.Value;
import io.meseta.mesos.v1.Volume;
import io.meseta.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Agents that run containers, one after the other, with all that they have in `work` of a test's
/// directory; the master that they listen to; and their ends, which leave nothing.
final class ContainerBench implements AutoCloseable {

    private final Path directory;
    private final FakeMaster master = new FakeMaster();
    private @Nullable RunningAgent agent;
    private int starts;

    ContainerBench(Path directory) throws IOException {
        this.directory = directory;
        LeavesNothing.expect(work());
    }

    Path work() {
        return directory.resolve("work");
    }

    FakeMaster master() {
        return master;
    }

    /// Starts an agent, in place of the one before, and waits until it has said hello. Goes on only
    /// where containers can be run.
    ///
    /// @param more settings besides those that all have
    RunningAgent start(String... more) {
        if (agent != null) agent.close();
        var next = RunningAgent.start(work(), master, settings(more).toArray(String[]::new));
        agent = next;
        master.awaitHello(++starts);
        if (next.bean(Containment.class) instanceof Containment.Unable(var why))
            assumeTrue(false, "SKIPPED: no container can be run here: " + why);
        return next;
    }

    /// An agent of another process has said hello.
    void awaitOther() {
        master.awaitHello(++starts);
    }

    /// What an agent's settings are besides those of [RunningAgent].
    List<String> settings(String... more) {
        var settings = new ArrayList<String>();
        settings.add("--meseta.agent.containers.use=auto");
        settings.add("--meseta.agent.containers.images.archives=" + directory);
        settings.add("--meseta.agent.containers.engine.cgroup-parent=/" + Leftovers.CGROUP);
        settings.addAll(List.of(more));
        return settings;
    }

    /// Ends all tasks and then the agent.
    @Override
    public void close() {
        try (master) {
            if (agent != null) agent.end(master);
        }
    }

    /// A task in a container of the image, with a shell's script.
    TaskInfo.Builder boxed(String name, String image, String script) {
        return boxed(name, image, CommandInfo.newBuilder().setValue(script));
    }

    TaskInfo.Builder boxed(String name, String image, CommandInfo.Builder command) {
        return task(name, command).setContainer(mesos(image));
    }

    /// Half a processor and 64 MB for the command.
    TaskInfo.Builder task(String name, CommandInfo.Builder command) {
        return master.task(name)
                .setCommand(command)
                .addAllResources(List.of(scalar("cpus", 0.5), scalar("mem", 64)));
    }

    static ContainerInfo.Builder mesos(String image) {
        return ContainerInfo.newBuilder()
                .setType(ContainerInfo.Type.MESOS)
                .setMesos(ContainerInfo.MesosInfo.newBuilder().setImage(image(image)));
    }

    static Image.Builder image(String name) {
        return Image.newBuilder()
                .setType(Image.Type.DOCKER)
                .setDocker(Image.Docker.newBuilder().setName(name));
    }

    static Resource scalar(String name, double value) {
        return Resource.newBuilder()
                .setName(name)
                .setType(Value.Type.SCALAR)
                .setScalar(Value.Scalar.newBuilder().setValue(value))
                .build();
    }

    /// A volume that shows a secret, given by value.
    static Volume secret(String containerPath, ByteString value) {
        var secret =
                Secret.newBuilder()
                        .setType(Secret.Type.VALUE)
                        .setValue(Secret.Value.newBuilder().setData(value));
        return Volume.newBuilder()
                .setContainerPath(containerPath)
                .setMode(Volume.Mode.RO)
                .setSource(
                        Volume.Source.newBuilder()
                                .setType(Volume.Source.Type.SECRET)
                                .setSecret(secret))
                .build();
    }

    /// A volume that is a directory of the sandbox itself, or of its parent.
    static Volume ofSandbox(
            String containerPath, Volume.Source.SandboxPath.Type type, String path) {
        return Volume.newBuilder()
                .setContainerPath(containerPath)
                .setMode(Volume.Mode.RW)
                .setSource(
                        Volume.Source.newBuilder()
                                .setType(Volume.Source.Type.SANDBOX_PATH)
                                .setSandboxPath(
                                        Volume.Source.SandboxPath.newBuilder()
                                                .setType(type)
                                                .setPath(path)))
                .build();
    }

    Path sandbox(String task) throws IOException {
        try (var all = Files.walk(work().resolve("slaves"), 8)) {
            return all.filter(path -> path.endsWith("executors/" + task + "/runs/latest"))
                    .findFirst()
                    .orElseThrow()
                    .toRealPath();
        }
    }

    /// What the task's first process and its children have written.
    String output(String task) throws IOException {
        return Files.readString(sandbox(task).resolve("stdout"));
    }

    /// Waits until the task has written that.
    void awaitWord(String task, String word) {
        Await.within(FakeMaster.LIMIT)
                .until(task + " to say " + word, () -> output(task).contains(word));
    }
}
