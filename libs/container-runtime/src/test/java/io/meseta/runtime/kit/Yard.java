package io.meseta.runtime.kit;

import io.meseta.runtime.ContainerRuntime;
import io.meseta.runtime.plan.ContainerId;
import io.meseta.runtime.plan.ContainerPlan;
import io.meseta.runtime.plan.ContainerProcess;
import io.meseta.runtime.plan.Output;
import io.meseta.runtime.plan.Root;
import io.meseta.runtime.plan.RootFiles;
import io.meseta.runtime.state.ContainerEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// Where a test keeps its containers' files.
///
/// @param directory of the test
/// @param root a busybox root
public record Yard(Path directory, Path root, AtomicInteger count) {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    public static Yard in(Path directory) throws IOException {
        var root = BusyRoot.in(Files.createDirectories(directory.resolve("root")));
        return new Yard(directory, root, new AtomicInteger());
    }

    /// A name that no container of this test has had.
    public ContainerId id() {
        return new ContainerId("test-%s.%s".formatted(directory.getFileName(), count.addAndGet(1)));
    }

    public Path output() {
        return directory.resolve("stdout");
    }

    public Path error() {
        return directory.resolve("stderr");
    }

    /// A shell script in the busybox root, writing to [#output] and [#error].
    public ContainerPlan shell(String script) {
        return running(ContainerProcess.of("/bin/sh", "-c", script));
    }

    public ContainerPlan running(ContainerProcess process) {
        return ContainerPlan.of(RootFiles.of(new Root.Directory(root)), process)
                .writing(new Output(output(), error()));
    }

    /// Runs to the end, and removes all.
    public Ran run(ContainerRuntime runtime, ContainerPlan plan)
            throws IOException, InterruptedException {
        Files.deleteIfExists(output());
        Files.deleteIfExists(error());
        var id = id();
        try {
            runtime.launch(id, plan);
            var end = ended(runtime, id);
            return new Ran(end, text(output()), text(error()));
        } finally {
            runtime.destroy(id);
        }
    }

    /// Waits for the end of a container that ends soon.
    public ContainerEnd ended(ContainerRuntime runtime, ContainerId id)
            throws InterruptedException {
        return runtime.await(id, PATIENCE)
                .orElseThrow(() -> new AssertionError(id + " still runs: " + runtime.find(id)));
    }

    private static String text(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file).strip() : "";
    }
}
