package io.meseta.runtime.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.runtime.host.Commands;
import io.meseta.runtime.kit.Needs;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Quotas of a real XFS in a file. Most kernels have them; where this one has not, the small
/// machine's has.
final class ProjectQuotasIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int MIB = 1 << 20;

    /// The smallest that `mkfs.xfs` makes, and some; it is sparse.
    private static final long DISK_BYTES = 320L * MIB;

    @TempDir private Path directory;
    private Path disk;
    private @Nullable XfsQuotas found;

    @BeforeEach
    void mount() throws Exception {
        Needs.rootAnd("/usr/sbin/mkfs.xfs", "/usr/sbin/xfs_quota");
        disk = Files.createDirectory(directory.resolve("disk"));
        var image = directory.resolve("image");
        try (var sparse = new RandomAccessFile(image.toFile(), "rw")) {
            sparse.setLength(DISK_BYTES);
        }
        run("mkfs.xfs", "-q", image.toString());
        var mounted =
                Commands.run(
                        PATIENCE,
                        List.of("mount", "-o", "loop,prjquota", image.toString(), disk.toString()));
        Needs.skipUnless(
                mounted.isSuccess(), "no quotas of XFS in this kernel: " + mounted.output());
        assertThat(XfsQuotas.on(disk, PATIENCE)).isInstanceOf(XfsQuotas.Found.Usable.class);
        if (XfsQuotas.on(disk, PATIENCE) instanceof XfsQuotas.Found.Usable(var usable))
            found = usable;
    }

    private XfsQuotas quotas() {
        return Objects.requireNonNull(found);
    }

    private DirectoryQuotas.Share share(long project) throws InterruptedException {
        run("sync", "-f", disk.toString());
        return Objects.requireNonNull(quotas().shares().get(project));
    }

    @AfterEach
    void unmount() throws Exception {
        if (found != null) run("umount", disk.toString());
    }

    private static void run(String... command) throws InterruptedException {
        var outcome = Commands.run(PATIENCE, List.of(command));
        assertThat(outcome.isSuccess()).as(outcome.output()).isTrue();
    }

    private Path made(String name) throws IOException {
        var made = Files.createDirectories(disk.resolve(name));
        Files.createFile(made.resolve("stdout"));
        return made;
    }

    @Test
    void stopWhoeverWritesMore() throws Exception {
        var sandbox = made("first");
        quotas().begin(sandbox, 4001, 2 * MIB);
        var deep = Files.createDirectories(sandbox.resolve("a/b/c"));
        Files.write(deep.resolve("fits"), new byte[MIB / 2]);

        assertThatThrownBy(() -> Files.write(deep.resolve("large"), new byte[8 * MIB]))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Files.write(sandbox.resolve("stdout"), new byte[8 * MIB]))
                .isInstanceOf(IOException.class);
        var share = share(4001);
        assertThat(share.hardBytes()).isEqualTo(2 * MIB);
        assertThat(share.usedBytes()).isBetween(MIB / 2L, 2L * MIB);
    }

    @Test
    void countEachDirectoryForItself() throws Exception {
        var one = made("one");
        var other = made("an \"other\" -c 'one'");
        quotas().begin(one, 4001, MIB);
        quotas().begin(other, 4002, 0);

        Files.write(other.resolve("large"), new byte[4 * MIB]);

        assertThat(share(4001).usedBytes()).isLessThan(MIB);
        assertThat(share(4002))
                .matches(share -> share.usedBytes() >= 4 * MIB && share.hardBytes() == 0);
    }

    @Test
    void countWhatIsTakenIntoAnotherDirectoryThere() throws Exception {
        var one = made("one");
        var other = made("other");
        quotas().begin(one, 4001, 4 * MIB);
        quotas().begin(other, 4002, MIB);
        Files.write(one.resolve("large"), new byte[3 * MIB]);

        // A file can't be renamed or linked out of what counts it.
        assertThatThrownBy(() -> Files.createLink(other.resolve("l"), one.resolve("large")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void areLetGoOf() throws Exception {
        var sandbox = made("first");
        quotas().begin(sandbox, 4001, MIB);
        quotas().end(4001);

        Files.write(sandbox.resolve("large"), new byte[4 * MIB]);

        assertThat(sandbox.resolve("large")).hasSize(4 * MIB);
    }

    @Test
    void areNotThereWithoutTheOption() throws Exception {
        run("umount", disk.toString());
        run("mount", "-o", "loop", directory.resolve("image").toString(), disk.toString());

        assertThat(XfsQuotas.on(disk, PATIENCE))
                .isInstanceOfSatisfying(
                        XfsQuotas.Found.Unusable.class,
                        found -> assertThat(found.why()).contains("without prjquota"));
    }
}
