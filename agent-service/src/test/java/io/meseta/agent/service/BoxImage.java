package io.meseta.agent.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// A small image made on the spot of Debian's static busybox, as `docker save` writes it.
final class BoxImage {

    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final String[] PROGRAMS = {
        "cat",
        "dd",
        "echo",
        "env",
        "grep",
        "head",
        "hostname",
        "id",
        "ls",
        "mount",
        "ps",
        "pwd",
        "sh",
        "sleep",
        "stat",
        "touch",
        "trap",
        "true",
        "ulimit",
        "wc",
        "yes"
    };

    private BoxImage() {}

    /// Writes `NAME.tar`; the test is skipped where there is no busybox.
    ///
    /// @param settings the `config` object of the image's configuration
    static void write(Path directory, String name, String settings) throws IOException {
        assumeTrue(
                Files.isExecutable(BUSYBOX),
                "SKIPPED: /bin/busybox is not installed (apt-get install busybox-static)");
        var layer = layer();
        var config =
                """
                {"os": "linux", "architecture": "%s", "config": %s,
                 "rootfs": {"type": "layers", "diff_ids": ["sha256:%s"]}}\
                """
                        .formatted(architecture(), settings, sha256(layer));
        var manifest =
                """
                [{"Config": "config.json", "RepoTags": ["%s:latest"], "Layers": ["layer.tar"]}]\
                """
                        .formatted(name);
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            put(tar, "layer.tar", layer, 0644);
            put(tar, "config.json", config.getBytes(UTF_8), 0644);
            put(tar, "manifest.json", manifest.getBytes(UTF_8), 0644);
        }
        Files.write(directory.resolve(name + ".tar"), bytes.toByteArray());
    }

    /// Writes the directory `NAME`, an OCI layout with one image of that tag.
    static void writeLayout(Path directory, String name, String tag, String settings)
            throws IOException {
        var blobs = Files.createDirectories(directory.resolve(name).resolve("blobs/sha256"));
        var layer = layer();
        var config =
                """
                {"os": "linux", "architecture": "%s", "config": %s,
                 "rootfs": {"type": "layers", "diff_ids": ["sha256:%s"]}}\
                """
                        .formatted(architecture(), settings, sha256(layer))
                        .getBytes(UTF_8);
        var manifest =
                """
                {"schemaVersion": 2, "config": %s, "layers": [%s]}\
                """
                        .formatted(
                                blob(blobs, "image.config.v1+json", config, ""),
                                blob(blobs, "image.layer.v1.tar", layer, ""))
                        .getBytes(UTF_8);
        var named = ", \"annotations\": {\"org.opencontainers.image.ref.name\": \"" + tag + "\"}";
        Files.writeString(
                directory.resolve(name).resolve("index.json"),
                """
                {"schemaVersion": 2, "manifests": [%s]}\
                """
                        .formatted(blob(blobs, "image.manifest.v1+json", manifest, named)));
        Files.writeString(
                directory.resolve(name).resolve("oci-layout"),
                "{\"imageLayoutVersion\": \"1.0.0\"}");
    }

    /// @return its descriptor
    private static String blob(Path blobs, String kind, byte[] content, String more)
            throws IOException {
        Files.write(blobs.resolve(sha256(content)), content);
        return """
        {"mediaType": "application/vnd.oci.%s", "digest": "sha256:%s", "size": %d%s}\
        """
                .formatted(kind, sha256(content), content.length, more);
    }

    /// Its one layer, as a plain archive.
    static byte[] layer() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            fill(tar, "");
        }
        return bytes.toByteArray();
    }

    /// The same as an AppC image, which says hello.
    static byte[] appc(String name) throws IOException {
        var manifest =
                """
                {"acKind": "ImageManifest", "acVersion": "0.8.11", "name": "%s",
                 "labels": [{"name": "os", "value": "linux"}, {"name": "arch", "value": "%s"}],
                 "app": {"exec": ["/bin/echo", "hello"], "user": "0", "group": "0"}}\
                """
                        .formatted(name, architecture());
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            put(tar, "manifest", manifest.getBytes(UTF_8), 0644);
            folder(tar, "rootfs/");
            fill(tar, "rootfs/");
        }
        return bytes.toByteArray();
    }

    /// @param top the directory of the archive that becomes the root
    private static void fill(TarArchiveOutputStream tar, String top) throws IOException {
        for (var folder : new String[] {"bin/", "etc/", "srv/", "tmp/", "proc/", "dev/", "sys/"})
            folder(tar, top + folder);
        put(tar, top + "bin/busybox", Files.readAllBytes(BUSYBOX), 0755);
        for (var program : PROGRAMS) {
            var link = new TarArchiveEntry(top + "bin/" + program, TarConstants.LF_SYMLINK);
            link.setLinkName("busybox");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        }
        put(tar, top + "etc/box", "a box\n".getBytes(UTF_8), 0644);
        var users = "root:x:0:0::/root:/bin/sh\nada:x:1815:1815::/srv:/bin/sh\n";
        put(tar, top + "etc/passwd", users.getBytes(UTF_8), 0644);
    }

    private static void folder(TarArchiveOutputStream tar, String name) throws IOException {
        var entry = new TarArchiveEntry(name);
        entry.setMode(name.endsWith("tmp/") ? 041777 : 040755);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    private static void put(TarArchiveOutputStream tar, String name, byte[] content, int mode)
            throws IOException {
        var entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        entry.setMode(0100000 | mode);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static String architecture() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException missing) {
            throw new AssertionError(missing);
        }
    }
}
