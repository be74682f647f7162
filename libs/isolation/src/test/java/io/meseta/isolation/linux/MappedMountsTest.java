package io.meseta.isolation.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The owners of what is shown by a mount are others than those of what is on the disk.
final class MappedMountsTest {

    private static final int FIRST = 1_000_000_000;

    @TempDir private Path directory;
    private Path place;

    @BeforeEach
    void prepare() throws IOException {
        assumeTrue(
                "root".equals(System.getProperty("user.name")),
                "SKIPPED: only root mounts for others");
        place = Files.createDirectory(directory.resolve("place"));
    }

    @Test
    void giveEveryFileToWhomItBelongsOutside() throws Exception {
        var tree = Files.createDirectory(directory.resolve("tree"));
        var program = Files.createFile(tree.resolve("program"));
        Files.setAttribute(program, "unix:uid", 7);
        Files.setAttribute(program, "unix:mode", 0104755);
        Files.createSymbolicLink(tree.resolve("link"), Path.of("/etc/passwd"));
        try (var users = UserNamespace.of(FIRST, 65_536);
                var held = HeldFile.of(tree.toRealPath())) {
            held.mountMappedOn(place, users);
        } catch (Errno unmapped) {
            assumeTrue(false, "SKIPPED: no owners are mapped here: " + unmapped.getMessage());
        }
        try {
            assertThat(owner("program")).isEqualTo(FIRST + 7);
            assertThat(owner("link")).isEqualTo(FIRST);
            assertThat(owner("")).isEqualTo(FIRST);
            assertThat(Files.getAttribute(place.resolve("program"), "unix:mode"))
                    .isEqualTo(0104755);
            assertThat(Files.getAttribute(program, "unix:uid")).isEqualTo(7);
        } finally {
            Mounts.unmount(place);
        }
    }

    private Object owner(String name) throws IOException {
        return Files.getAttribute(place.resolve(name), "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    @Test
    void areRefusedWhereTheFileSystemHasNone() throws Exception {
        try (var users = UserNamespace.of(FIRST, 65_536);
                var held = HeldFile.of(Path.of("/proc/sys"))) {
            assertThatThrownBy(() -> held.mountMappedOn(place, users)).isInstanceOf(Errno.class);
        }

        assertThat(place).isEmptyDirectory();
    }

    @Test
    void refuseUsersThatDoNotExist() {
        assertThatThrownBy(() -> UserNamespace.of(FIRST, -1)).isInstanceOf(IOException.class);
    }
}
