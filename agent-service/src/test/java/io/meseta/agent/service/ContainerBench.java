package io.meseta.agent.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.meseta.agent.containers.Containment;
import io.meseta.testkit.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.util.FileSystemUtils;

/// Agents that run containers, with all that they have in `work` of a test's directory; and their
/// ends, which leave nothing.
final class ContainerBench {

    private ContainerBench() {}

    static RunningAgent start(Path directory, FakeMaster master, String... more) {
        var settings = new ArrayList<String>();
        settings.add("--meseta.agent.containers.use=auto");
        settings.add(
                "--meseta.agent.containers.engine.cgroup-parent=/meseta-test-"
                        + ProcessHandle.current().pid());
        settings.addAll(List.of(more));
        return RunningAgent.start(
                directory.resolve("work"), master, settings.toArray(String[]::new));
    }

    /// Goes on only where containers can be run.
    static void assumeAble(RunningAgent agent) {
        if (agent.bean(Containment.class) instanceof Containment.Unable(var why))
            assumeTrue(false, "SKIPPED: no container can be run here: " + why);
    }

    /// Ends all containers and then the agent.
    static void end(Path directory, FakeMaster master, RunningAgent agent) throws IOException {
        master.isAcknowledging = true;
        master.shutdownFramework();
        var places = directory.resolve("work/containers");
        Await.within(FakeMaster.LIMIT).until("no container is left", () -> isEmpty(places));
        agent.close();
        assertThat(Files.readString(Path.of("/proc/self/mounts")))
                .doesNotContain(directory.toString());
        // A restart of the machine would take it away.
        var work = directory.resolve("work").toString().getBytes(StandardCharsets.UTF_8);
        var name = UUID.nameUUIDFromBytes(work).toString();
        var roots = Path.of("/run/meseta", name + ".roots");
        if (Files.exists(roots)) assertThat(roots).isEmptyDirectory();
        FileSystemUtils.deleteRecursively(roots);
        FileSystemUtils.deleteRecursively(Path.of("/run/meseta", name));
    }

    private static boolean isEmpty(Path path) {
        try (var entries = Files.newDirectoryStream(path)) {
            return !entries.iterator().hasNext();
        } catch (IOException _) {
            return true;
        }
    }
}
