package io.meseta.benchmarks.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// A small image of Debian's static busybox, as `docker save` writes it, and as a directory.
///
/// @param root the image's files, for whoever runs it without us
/// @param archive `box.tar`, which `podman load` takes too
record BoxArchive(Path root, Path archive) {

    static final String NAME = "box";
    private static final Path BUSYBOX = Path.of("/bin/busybox");

    /// Makes both in a directory.
    static BoxArchive in(Path directory) throws IOException, InterruptedException {
        var root = Files.createDirectories(directory.resolve("box"));
        for (var name : List.of("bin", "proc", "dev", "sys", "tmp", "etc"))
            Files.createDirectories(root.resolve(name));
        Files.copy(BUSYBOX, root.resolve("bin/busybox"));
        Files.setAttribute(root.resolve("bin/busybox"), "unix:mode", 0100755);
        for (var name : List.of("sh", "true", "sleep"))
            Files.createSymbolicLink(root.resolve("bin").resolve(name), Path.of("busybox"));
        Files.writeString(root.resolve("etc/passwd"), "root:x:0:0:root:/:/bin/sh\n");
        var made = Files.createDirectories(directory.resolve("made"));
        Tool.run("tar", "-C", root.toString(), "-cf", made.resolve("layer.tar").toString(), ".");
        var layer = sha256(Files.readAllBytes(made.resolve("layer.tar")));
        Files.writeString(
                made.resolve("config.json"),
                """
                {"os": "linux", "architecture": "%s", "config": {"Cmd": ["/bin/true"]},
                 "rootfs": {"type": "layers", "diff_ids": ["sha256:%s"]}}
                """
                        .formatted(architecture(), layer));
        Files.writeString(
                made.resolve("manifest.json"),
                """
                [{"Config": "config.json", "RepoTags": ["%s:latest"], "Layers": ["layer.tar"]}]
                """
                        .formatted(NAME));
        var archives = Files.createDirectories(directory.resolve("archives"));
        var archive = archives.resolve(NAME + ".tar");
        Tool.run(
                "tar",
                "-C",
                made.toString(),
                "-cf",
                archive.toString(),
                "manifest.json",
                "config.json",
                "layer.tar");
        return new BoxArchive(root, archive);
    }

    private static String architecture() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException missing) {
            throw new AssertionError("every JDK has it", missing);
        }
    }
}
