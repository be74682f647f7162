package io.meseta.agent.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.runtime.quota.DirectoryQuotas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SandboxQuotasTest {

    private static final long MEGABYTE = 1 << 20;
    private static final ProjectRange TWO = new ProjectRange(5000, 5001);

    @TempDir private Path directory;
    private final CountingQuotas disk = new CountingQuotas();

    private SandboxQuotas quotas() {
        return SandboxQuotas.by(disk, directory.resolve("records"), TWO);
    }

    private Path sandbox(String name) throws IOException {
        return Files.createDirectories(directory.resolve(name));
    }

    private UUID begun(SandboxQuotas quotas, String name) throws Exception {
        var container = UUID.randomUUID();
        quotas.begin(container, sandbox(name), MEGABYTE);
        return container;
    }

    @Test
    void limitASandboxALittleAboveWhatItHasAskedFor() throws Exception {
        var quotas = quotas();
        var container = begun(quotas, "a");
        Files.write(directory.resolve("a/file"), new byte[1000]);

        assertThat(disk.shares().values())
                .extracting(share -> share.hardBytes())
                .containsExactly(MEGABYTE + SandboxQuotas.SLACK_BYTES);
        assertThat(quotas.used()).containsEntry(container, 1000L);
    }

    @Test
    void limitNoneThatHasAskedForNothing() throws Exception {
        quotas().begin(UUID.randomUUID(), sandbox("a"), 0);

        assertThat(disk.shares().values())
                .extracting(share -> share.hardBytes())
                .containsExactly(0L);
    }

    @Test
    void keepAProjectUntilItsSandboxIsDeleted() throws Exception {
        var quotas = quotas();
        begun(quotas, "a");
        begun(quotas, "b");
        quotas.tidy();
        assertThat(disk.shares()).hasSize(2).allSatisfy((_, share) -> assertLimited(share));

        Files.delete(directory.resolve("a"));
        quotas.tidy();
        var third = begun(quotas, "c");
        assertThat(quotas.used()).containsKey(third);
        assertThat(directory.resolve("records").toFile().list()).hasSize(2);
    }

    private static void assertLimited(DirectoryQuotas.Share share) {
        assertThat(share.hardBytes()).isPositive();
    }

    @Test
    void watchASandboxForWhichThereIsNoProject() throws Exception {
        var quotas = quotas();
        begun(quotas, "a");
        begun(quotas, "b");

        var third = begun(quotas, "c");

        assertThat(quotas.used()).hasSize(2).doesNotContainKey(third);
    }

    @Test
    void leaveProjectsOfOthersAlone() throws Exception {
        disk.begin(sandbox("others"), 5000, 1);

        begun(quotas(), "a");

        assertThat(disk.shares().get(5000L)).matches(share -> share.hardBytes() == 1);
        assertThat(disk.shares()).containsKey(5001L);
    }

    @Test
    void areKnownToTheNextProcess() throws Exception {
        var container = begun(quotas(), "a");
        Files.write(directory.resolve("a/file"), new byte[1000]);
        // As a stop of the machine may leave it.
        Files.createFile(directory.resolve("records").resolve(UUID.randomUUID().toString()));

        var next = quotas();

        assertThat(next.used()).containsEntry(container, 1000L);
        Files.delete(directory.resolve("a/file"));
        Files.delete(directory.resolve("a"));
        next.tidy();
        assertThat(next.used()).isEmpty();
        assertThat(directory.resolve("records")).isEmptyDirectory();
    }

    @Test
    void keepTheProjectOfASandboxThatIsMadeAgain() throws Exception {
        var quotas = quotas();
        var container = begun(quotas, "a");
        var before = disk.shares().firstKey();

        quotas.begin(container, sandbox("a"), 2 * MEGABYTE);

        assertThat(disk.shares()).containsOnlyKeys(before);
    }

    @Test
    void areDoneWithoutWhereTheDiskFails() throws Exception {
        var quotas = quotas();
        begun(quotas, "a");
        disk.breakDown();

        begun(quotas, "b");
        quotas.tidy();

        assertThat(quotas.used()).isEmpty();
    }

    @Test
    void haveARangeThatMakesSense() {
        assertThat(ProjectRange.parse("5000-10000")).contains(new ProjectRange(5000, 10000));
        assertThat(ProjectRange.parse("")).isEmpty();
        for (var wrong : new String[] {"5000", "0-10", "10-9", "1-4294967295", "a-b"})
            assertThatThrownBy(() -> ProjectRange.parse(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("disk.projects");
    }
}
