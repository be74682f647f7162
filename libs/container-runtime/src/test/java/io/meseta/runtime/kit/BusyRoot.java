package io.meseta.runtime.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// A small root file system of a static busybox, made on the spot.
public final class BusyRoot {

    /// Where Debian's `busybox-static` puts it.
    public static final String BUSYBOX = "/bin/busybox";

    private static final List<String> PROGRAMS =
            List.of(
                    "sh",
                    "cat",
                    "ls",
                    "id",
                    "sleep",
                    "echo",
                    "grep",
                    "mkdir",
                    "touch",
                    "df",
                    "dd",
                    "mount",
                    "umount",
                    "mknod",
                    "hostname",
                    "ps",
                    "kill",
                    "tail",
                    "head",
                    "seq",
                    "pwd",
                    "env",
                    "ip",
                    "wc",
                    "stat",
                    "chmod",
                    "true",
                    "false",
                    "test",
                    "readlink",
                    "chroot",
                    "unshare",
                    "setsid",
                    "ln",
                    "rm",
                    "dmesg",
                    "nproc",
                    "tty",
                    "yes",
                    "printf",
                    "stty");

    private BusyRoot() {}

    /// Fills a directory.
    public static Path in(Path root) throws IOException {
        for (var name :
                List.of("bin", "proc", "dev", "sys", "tmp", "etc", "home", "data", "root")) {
            Files.createDirectories(root.resolve(name));
        }
        var busybox = root.resolve("bin/busybox");
        Files.copy(Path.of(BUSYBOX), busybox, StandardCopyOption.COPY_ATTRIBUTES);
        for (var name : PROGRAMS) {
            Files.createSymbolicLink(root.resolve("bin").resolve(name), Path.of("busybox"));
        }
        Files.setPosixFilePermissions(
                root.resolve("tmp"), PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.writeString(root.resolve("etc/passwd"), "root:x:0:0:root:/root:/bin/sh\n");
        Files.writeString(root.resolve("etc/marker"), "in the container\n");
        return root;
    }
}
