package io.meseta.agent.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxesTest {

    private static final Instant NOW = Instant.parse("2026-01-08T00:00:00Z");
    private static final GcSettings WEEK =
            new GcSettings(Duration.ofDays(7), 0.1, Duration.ofMinutes(1));

    @TempDir private Path work;

    @Test
    void makesASandboxWhereMesosHasIt() throws Exception {
        var container = UUID.randomUUID();
        var sandbox = new Sandboxes(work).create(path("t", container), Optional.empty());

        assertThat(work.relativize(sandbox))
                .isEqualTo(Path.of("slaves/a-S0/frameworks/f/executors/t/runs/" + container));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(sandbox)))
                .isEqualTo("rwxr-x---");
        assertThat(sandbox.resolve("stdout")).isEmptyFile();
        assertThat(sandbox.resolveSibling("latest").toRealPath()).isEqualTo(sandbox.toRealPath());
    }

    @Test
    void pointsLatestToTheNewestRun() throws Exception {
        var sandboxes = new Sandboxes(work);
        sandboxes.create(path("t", UUID.randomUUID()), Optional.empty());
        var second = sandboxes.create(path("t", UUID.randomUUID()), Optional.empty());

        assertThat(second.resolveSibling("latest").toRealPath()).isEqualTo(second.toRealPath());
    }

    @Test
    void makesAFreshSandboxWhenAnAttemptWasCutShort() throws Exception {
        var container = UUID.randomUUID();
        var sandboxes = new Sandboxes(work);
        var sandbox = sandboxes.create(path("t", container), Optional.empty());
        Files.writeString(sandbox.resolve("half"), "half");

        sandboxes.create(path("t", container), Optional.empty());
        assertThat(sandbox.resolve("half")).doesNotExist();
    }

    @Test
    void deletesWhatIsOldOnAnEmptyDiskAndMoreOnAFullOne() throws Exception {
        var old = aged("old", Duration.ofDays(7));
        var young = aged("young", Duration.ofDays(4));
        var held = UUID.randomUUID();
        var busy = new Sandboxes(work).create(path("busy", held), Optional.empty());
        Files.setLastModifiedTime(busy, FileTime.from(NOW.minus(Duration.ofDays(100))));
        var sweep = new SandboxSweep(work, WEEK);

        sweep.round(NOW, Set.of(held), 0);
        assertThat(old).doesNotExist();
        assertThat(work.resolve("slaves/a-S0/frameworks/f/executors/old")).doesNotExist();
        assertThat(young).exists();

        sweep.round(NOW, Set.of(held), 0.5);
        assertThat(young).doesNotExist();
        assertThat(busy).exists();
    }

    private Path aged(String task, Duration age) throws Exception {
        var sandbox = new Sandboxes(work).create(path(task, UUID.randomUUID()), Optional.empty());
        Files.setLastModifiedTime(sandbox, FileTime.from(NOW.minus(age)));
        return sandbox;
    }

    private static SandboxPath path(String task, UUID container) {
        return new SandboxPath(
                new AgentId("a-S0"),
                new TaskKey(new FrameworkId("f"), new TaskId(task)),
                container);
    }
}
