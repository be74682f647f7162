package io.meseta.images.rootfs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.meseta.images.TarMaker;
import io.meseta.images.layers.Layers;
import io.meseta.images.layers.OwnerMap;
import io.meseta.images.layers.UnpackOptions;
import io.meseta.images.reference.Digest;
import io.meseta.images.reference.ImageFault;
import io.meseta.images.store.StoredLayer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Copies for users of a container's own. Whatever an image holds, nothing but the copy becomes
/// theirs.
final class MappedCopyTest {

    private static final int FIRST = 1_000_000_000;

    @TempDir private Path directory;
    private Path target;

    @BeforeEach
    void prepare() throws IOException {
        assumeTrue(
                "root".equals(System.getProperty("user.name")),
                "SKIPPED: only root gives files away");
        target = Files.createDirectory(directory.resolve("copy"));
    }

    private void copy(TarMaker archive) throws IOException {
        var tree = Files.createDirectory(directory.resolve("layer"));
        Layers.unpack(
                new ByteArrayInputStream(archive.done()), tree, null, UnpackOptions.forRoot());
        var name = Digest.Algorithm.SHA256.of(tree.toString().getBytes(UTF_8));
        var layers = OverlayLayers.of(List.of(new StoredLayer(name, tree, 0, false, true)));
        MergedCopy.into(target, layers, OwnerMap.shifted(FIRST, 1000));
    }

    private static Object owner(Path path) throws IOException {
        return Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    private Object owner(String name) throws IOException {
        return owner(target.resolve(name));
    }

    @Test
    void belongToThoseUsersAndStaySetuid() throws IOException {
        copy(
                new TarMaker()
                        .mode(04755)
                        .file("su", "")
                        .mode(0644)
                        .owner(7, 8)
                        .file("seven", "")
                        .directory("d/"));

        assertThat(owner("su")).isEqualTo(FIRST);
        assertThat(Files.getAttribute(target.resolve("su"), "unix:mode")).isEqualTo(0104755);
        assertThat(owner("seven")).isEqualTo(FIRST + 7);
        assertThat(Files.getAttribute(target.resolve("seven"), "unix:gid")).isEqualTo(FIRST + 8);
        assertThat(owner("d")).isEqualTo(FIRST + 7);
        assertThat(owner(directory.resolve("layer/su"))).isEqualTo(0);
    }

    @Test
    void giveAwayNothingThatAnImagePointsTo() throws IOException {
        var outside = Files.createDirectory(directory.resolve("outside"));
        var file = Files.writeString(outside.resolve("file"), "of the machine");

        copy(
                new TarMaker()
                        .symlink("to-file", file.toString())
                        .symlink("to-directory", "../outside")
                        .link("again", "to-file")
                        .symlink("passwd", "/etc/passwd"));

        assertThat(owner(file)).isEqualTo(0);
        assertThat(owner(outside)).isEqualTo(0);
        assertThat(owner(Path.of("/etc/passwd"))).isEqualTo(0);
        assertThat(owner("to-file")).isEqualTo(FIRST);
        assertThat(owner("again")).isEqualTo(FIRST);
        assertThat(Files.readSymbolicLink(target.resolve("passwd")))
                .isEqualTo(Path.of("/etc/passwd"));
    }

    @Test
    void areRefusedWhereAnOwnerIsNobody() {
        assertThatThrownBy(() -> copy(new TarMaker().owner(1000, 0).file("f", "")))
                .isInstanceOf(ImageFault.class)
                .hasMessageContaining("owner 1000 has no place on this host");
    }
}
