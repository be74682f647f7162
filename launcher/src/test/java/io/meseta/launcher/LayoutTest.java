package io.meseta.launcher;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said on a disk with no room, where the test may mount one.
final class LayoutTest {

    @TempDir private Path directory;

    private Path disk;

    @BeforeEach
    void make() throws Exception {
        disk = Files.createDirectory(directory.resolve("disk"));
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    @Test
    void saysHowMuchRoomIsMissing() throws Exception {
        mount("size=8m");

        assertThatThrownBy(() -> new Layout(disk.resolve("cluster")).create())
                .isInstanceOf(Trouble.class)
                .hasMessage(
                        "%s has 8 MB free, 512 MB are needed: free some, or choose --data DIR",
                        disk.resolve("cluster"));
    }

    @Test
    void saysThatNothingCanBeWritten() throws Exception {
        mount("size=64k,nr_inodes=2");

        assertThatThrownBy(() -> new Layout(disk.resolve("cluster")).create())
                .isInstanceOf(Trouble.class)
                .hasMessageStartingWith("cannot use " + disk.resolve("cluster"))
                .hasMessageContaining("choose another with --data DIR")
                .hasMessageContaining("No space left on device");
    }

    private void mount(String size) throws Exception {
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", size, "tmpfs", disk.toString()) == 0,
                "only root can mount a small disk");
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
