package io.meseta.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/// Small files that nobody else may read (mode 0600), replaced in one step: half a secret is none.
final class PrivateFile {

    private static final long BYTES_MAX = 64L * 1024;

    private PrivateFile() {}

    static String read(Path file) throws IOException {
        if (Files.size(file) > BYTES_MAX) throw new IOException(file + " is too long");
        return Files.readString(file);
    }

    static void write(Path file, String text) throws IOException {
        // A name of our own: another process may write the same file.
        var next = file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid());
        try {
            Files.deleteIfExists(next);
            var ours = PosixFilePermissions.fromString("rw-------");
            Files.createFile(next, PosixFilePermissions.asFileAttribute(ours));
            Files.writeString(next, text);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(next);
        }
    }
}
