package io.meseta.images.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.isolation.linux.Directory;
import io.meseta.isolation.linux.Errno;
import io.meseta.isolation.linux.FileStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.TreeMap;

/// A directory to unpack into, with a witness beside it that no archive may touch.
record Sandbox(Path outside) {

    static final String SECRET = "nobody reads or writes this";

    Sandbox {
        try {
            Files.createDirectory(outside.resolve("root"));
            Files.createDirectory(outside.resolve("victim"));
            Files.writeString(outside.resolve("victim/secret"), SECRET);
            Files.createSymbolicLink(outside.resolve("victim/link"), Path.of("secret"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Path root() {
        return outside.resolve("root");
    }

    Unpacked unpack(byte[] archive) {
        return unpack(archive, options());
    }

    Unpacked unpack(byte[] archive, UnpackOptions options) {
        return Layers.unpack(new ByteArrayInputStream(archive), root(), null, options);
    }

    static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    static UnpackOptions options() {
        return isRoot() ? UnpackOptions.forRoot() : UnpackOptions.forOthers();
    }

    static UnpackOptions with(UnpackLimits limits) {
        var options = options();
        return new UnpackOptions(limits, options.owners(), options.whiteouts(), options.devices());
    }

    FileStatus status(String path) {
        int slash = path.lastIndexOf('/');
        try (var top = Directory.open(root());
                var parent = top.descend(slash < 0 ? "" : path.substring(0, slash))) {
            return parent.status(path.substring(slash + 1)).orElseThrow();
        } catch (Errno failed) {
            throw new UncheckedIOException(failed);
        }
    }

    byte[] attribute(String path, String name) {
        try (var top = Directory.open(root());
                var at = top.descend(path)) {
            return at.attributes(".").value(name).orElse(new byte[0]);
        } catch (Errno failed) {
            throw new UncheckedIOException(failed);
        }
    }

    String text(String path) {
        try {
            return Files.readString(root().resolve(path));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Everything outside the root, with what it holds.
    TreeMap<String, String> witness() {
        var found = new TreeMap<String, String>();
        try (var all = Files.walk(outside)) {
            all.filter(path -> !path.startsWith(root()))
                    .forEach(path -> found.put(path.toString(), describe(path)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return found;
    }

    private static String describe(Path path) {
        try {
            var attributes = Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS);
            var what =
                    "%s %s %s %s %s"
                            .formatted(
                                    attributes.get("mode"),
                                    attributes.get("uid"),
                                    attributes.get("nlink"),
                                    attributes.get("ino"),
                                    attributes.get("lastModifiedTime"));
            return Files.isRegularFile(path) ? what + Files.readString(path) : what;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    void assertUntouched(TreeMap<String, String> before) {
        assertThat(witness()).isEqualTo(before);
    }
}
