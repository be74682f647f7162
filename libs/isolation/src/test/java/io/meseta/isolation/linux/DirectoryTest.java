package io.meseta.isolation.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.meseta.isolation.linux.FileStatus.FileTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryTest {

    @TempDir Path temporary;
    private Directory root;

    @BeforeEach
    void open() throws IOException {
        Files.writeString(temporary.resolve("outside"), "secret");
        root = Directory.open(Files.createDirectory(temporary.resolve("root")));
    }

    @AfterEach
    void close() {
        root.close();
    }

    @Test
    void takesNamesAndNoPaths() {
        for (var name : List.of("", "..", "a/b", "/a", "../outside")) {
            assertThatThrownBy(() -> root.create(name, 0600)).hasMessageContaining("component");
            assertThatThrownBy(() -> root.remove(name, false)).hasMessageContaining("component");
            assertThatThrownBy(() -> root.makeSymlink("x", name)).hasMessageContaining("component");
        }
        assertThatThrownBy(() -> root.makeDirectory("a\0b", 0700)).hasMessageContaining("NUL");
    }

    @Test
    void resolvesPathsWithItselfAsTheRootOfAll() throws IOException {
        root.makeDirectory("d", 0700);
        root.makeSymlink("/d", "absolute");
        root.makeSymlink("../../../../d", "climbing");
        write("d", "file");

        for (var path : List.of("d/file", "absolute/file", "climbing/file", "../../d/file")) {
            try (var file = root.read(path)) {
                assertThat(file.readAll(1)).containsExactly('x');
            }
            try (var file = root.read(path)) {
                assertThat(number(() -> file.readAll(0))).isEqualTo(Errno.EFBIG);
            }
        }
        root.makeSymlink("../outside", "out");
        assertThat(number(() -> root.read("out"))).isEqualTo(Errno.ENOENT);
        assertThat(number(() -> root.child("absolute"))).isIn(Errno.ENOTDIR, Errno.ELOOP);
    }

    @Test
    void followsNoLinkAtAllWhereTheKernelIsOld() throws IOException {
        root.makeDirectory("d", 0700);
        root.makeSymlink("d", "link");
        write("d", "file");
        int top = Opening.plain(-100, temporary.resolve("root").toString(), Opening.DIRECTORY, 0);
        try {
            Opening.close(Opening.walk(top, "d//file", Opening.READ));
            Opening.close(Opening.walk(top, ".", Opening.DIRECTORY));
            Opening.close(Opening.walk(top, "/d/", Opening.DIRECTORY));

            assertThat(number(() -> Opening.walk(top, "link/file", Opening.READ)))
                    .isIn(Errno.ENOTDIR, Errno.ELOOP);
            assertThat(number(() -> Opening.walk(top, "d/../../outside", Opening.READ)))
                    .isEqualTo(Errno.EXDEV);
            assertThat(number(() -> Opening.walk(top, "none/x", Opening.READ)))
                    .isEqualTo(Errno.ENOENT);
        } finally {
            Opening.close(top);
        }
    }

    @Test
    void leaksNoDescriptor() throws IOException {
        int before = descriptors();

        for (int i = 0; i < 50; i++) {
            assertThat(number(() -> root.descend("none/deeper"))).isEqualTo(Errno.ENOENT);
            assertThat(root.names()).isEmpty();
            root.descend("").close();
        }

        // The JVM opens some of its own now and then.
        assertThat(descriptors()).isLessThan(before + 25);
    }

    private static int descriptors() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return (int) open.count();
        }
    }

    @Test
    void removesTreesWithoutFollowingLinks() throws IOException {
        root.makeDirectory("d", 0700);
        try (var directory = root.child("d")) {
            directory.makeDirectory("closed", 0700);
            directory.makeSymlink(temporary.toString(), "out");
            directory.makeNode("pipe", FileType.FIFO, 0600, 0);
            directory.changePermissions("closed", 0);
        }

        root.removeAll("d");
        root.removeAll("never was");

        assertThat(root.names()).isEmpty();
        assertThat(temporary.resolve("outside")).hasContent("secret");
    }

    @Test
    void tellsAndChangesWhatAFileIs() throws IOException {
        write("", "file");
        root.makeLink(root, "file", "other");
        root.changePermissions("file", 04750);
        root.changeTime("file", new FileTime(-5, 7));

        var status = root.status("other").orElseThrow();

        assertThat(status.type()).isEqualTo(FileType.REGULAR);
        assertThat(status.permissions()).isEqualTo(04750);
        assertThat(status.links()).isEqualTo(2);
        assertThat(status.size()).isEqualTo(1);
        assertThat(status.modified()).isEqualTo(new FileTime(-5, 7));
        assertThat(root.status("none")).isEmpty();
        assertThat(root.names()).containsExactly("file", "other");
    }

    @Test
    void isOfNoUseOnceClosed() {
        root.close();

        assertThatThrownBy(() -> root.names()).hasMessageContaining("closed");
    }

    private void write(String directory, String name) throws IOException {
        try (var in = root.descend(directory);
                var file = in.create(name, 0600)) {
            file.write(new byte[] {'x'}, 0, 1);
        }
    }

    private static int number(ThrowingCallable call) {
        return catchThrowable(call) instanceof Errno failed ? failed.number() : 0;
    }
}
