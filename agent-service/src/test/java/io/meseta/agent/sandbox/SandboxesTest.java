package io.meseta.agent.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.meseta.agent.launch.Account;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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

    private static final Account NOBODY = new Account("nobody", 65534, 65534, "/");

    @TempDir private Path work;

    @Test
    void makesASandboxWhereMesosHasIt() throws Exception {
        var container = UUID.randomUUID();
        var sandbox = made(path("t", container));

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
        sandboxes.create(path("t", UUID.randomUUID()));
        var second = sandboxes.create(path("t", UUID.randomUUID()));

        assertThat(second.resolveSibling("latest").toRealPath()).isEqualTo(second.toRealPath());
    }

    @Test
    void makesAFreshSandboxWhenAnAttemptWasCutShort() throws Exception {
        var container = UUID.randomUUID();
        var sandboxes = new Sandboxes(work);
        var sandbox = sandboxes.create(path("t", container));
        Files.writeString(sandbox.resolve("half"), "half");

        sandboxes.create(path("t", container));
        assertThat(sandbox.resolve("half")).doesNotExist();
    }

    @Test
    void deletesWhatIsOldOnAnEmptyDiskAndMoreOnAFullOne() throws Exception {
        var old = aged("old", Duration.ofDays(7));
        var young = aged("young", Duration.ofDays(4));
        var held = UUID.randomUUID();
        var busy = made(path("busy", held));
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

    @Test
    void keepsASandboxClosedUntilItIsFilled() throws Exception {
        var sandboxes = new Sandboxes(work);
        var path = path("t", UUID.randomUUID());
        var sandbox = sandboxes.create(path);
        assertThat(permissions(sandbox)).isEqualTo("rwx------");

        sandboxes.open(path, Optional.empty());
        assertThat(permissions(sandbox)).isEqualTo("rwxr-x---");
    }

    @Test
    void givesWhatIsInASandboxButNotWhatLinksLeadTo() throws Exception {
        assumeRoot();
        var outside = Files.createFile(work.resolve("outside"));
        var sandboxes = new Sandboxes(work);
        var path = path("t", UUID.randomUUID());
        var sandbox = sandboxes.create(path);
        Files.createDirectories(sandbox.resolve("deep/er"));
        Files.createSymbolicLink(sandbox.resolve("deep/link"), outside);

        sandboxes.open(path, Optional.of(NOBODY));

        assertThat(owner(sandbox)).isEqualTo(65534);
        assertThat(owner(sandbox.resolve("deep/er"))).isEqualTo(65534);
        assertThat(owner(sandbox.resolve("deep/link"))).isEqualTo(65534);
        assertThat(owner(outside)).isZero();
    }

    @Test
    void keepsWhatHoldsOtherSandboxesForTheAgent() throws Exception {
        assumeRoot();
        var path = path("group", UUID.randomUUID());

        var outer = new Sandboxes(work).ensure(path, Optional.of(NOBODY));

        assertThat(owner(outer)).isZero();
        assertThat(owner(outer.resolve("containers"))).isZero();
        assertThat(owner(outer.resolve("tasks"))).isZero();
        assertThat(Files.getAttribute(outer, "unix:gid")).isEqualTo(65534);
    }

    private static void assumeRoot() {
        assumeTrue(
                System.getProperty("user.name").equals("root"),
                "SKIPPED: only root can give files away");
    }

    private static int owner(Path path) throws Exception {
        return (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private Path made(SandboxPath path) {
        var sandboxes = new Sandboxes(work);
        var sandbox = sandboxes.create(path);
        sandboxes.open(path, Optional.empty());
        return sandbox;
    }

    private Path aged(String task, Duration age) throws Exception {
        var sandbox = made(path(task, UUID.randomUUID()));
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
