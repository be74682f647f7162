package io.meseta.isolation.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldFileTest {

    @TempDir private Path directory;

    @Test
    void staysWhatItWasWhateverItsPathComesToMean() throws Exception {
        var file = Files.writeString(directory.resolve("file"), "mine");
        try (var held = HeldFile.of(file.toRealPath())) {
            Files.move(file, directory.resolve("away"));
            Files.writeString(file, "another");

            assertThat(Files.readString(held.path())).isEqualTo("mine");
            assertThat(held.status().type()).isEqualTo(FileType.REGULAR);
        }
    }

    @Test
    void isNoSymbolicLinkAndNothingBehindOne() throws Exception {
        var real = directory.toRealPath();
        Files.createDirectories(real.resolve("there/below"));
        Files.createSymbolicLink(real.resolve("link"), real.resolve("there"));

        assertThatThrownBy(() -> HeldFile.of(real.resolve("link"))).isInstanceOf(Errno.class);
        assertThatThrownBy(() -> HeldFile.of(real.resolve("link/below"))).isInstanceOf(Errno.class);
        try (var root = HeldFile.of(Path.of("/"));
                var below = HeldFile.of(real.resolve("there/below"))) {
            assertThat(root.status().type()).isEqualTo(FileType.DIRECTORY);
            assertThat(below.status().type()).isEqualTo(FileType.DIRECTORY);
        }
    }

    @Test
    void isShownElsewhereUntilItIsTakenAway() throws Exception {
        assumeTrue(
                System.getProperty("user.name").equals("root"),
                "SKIPPED: only root can mount anything");
        var real = directory.toRealPath();
        Files.createDirectories(real.resolve("shown"));
        Files.writeString(real.resolve("shown/note"), "here");
        var place = Files.createDirectory(real.resolve("place"));
        try (var held = HeldFile.of(real.resolve("shown"))) {
            Files.move(real.resolve("shown"), real.resolve("moved"));
            held.mountOn(place, true);
        }
        assertThat(place.resolve("note")).hasContent("here");

        Mounts.unmount(place);
        assertThat(place).isEmptyDirectory();
        assertThatThrownBy(() -> Mounts.unmount(place))
                .isInstanceOfSatisfying(
                        Errno.class, failed -> assertThat(failed.number()).isEqualTo(Errno.EINVAL));
    }
}
