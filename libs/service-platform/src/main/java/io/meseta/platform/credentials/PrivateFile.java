package io.meseta.platform.credentials;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;

/// Small files that only this service's user may read, replaced in one step.
public final class PrivateFile {

    private static final int SECRET_BYTES_MAX = 4096;

    private PrivateFile() {}

    /// Writes `bytes` so that the file holds, after a crash too, all of them or what it held
    /// before.
    public static void write(Path file, byte[] bytes) {
        var directory = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file's");
        try {
            makeDirectory(directory);
            var fresh =
                    Files.createTempFile(
                            directory,
                            file.getFileName() + ".",
                            ".new",
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")));
            try {
                try (var out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                    var buffer = ByteBuffer.wrap(bytes);
                    while (buffer.hasRemaining()) out.write(buffer);
                    out.force(true);
                }
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write " + file, failure);
        }
    }

    public static void write(Path file, String text) {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /// The file's bytes; empty if there is no such file.
    ///
    /// @param bytesMax a longer file is refused rather than read
    public static Optional<byte[]> read(Path file, int bytesMax) {
        if (!Files.exists(file)) return Optional.empty();
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(bytesMax + 1);
            if (bytes.length > bytesMax) {
                throw new IOException("more than " + bytesMax + " bytes");
            }
            return Optional.of(bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + file, failure);
        }
    }

    /// A secret or name in a file of one line; empty if there is no such file, or nothing in it.
    public static Optional<String> line(Path file) {
        return read(file, SECRET_BYTES_MAX)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip())
                .filter(text -> !text.isEmpty());
    }

    private static void makeDirectory(Path directory) throws IOException {
        if (Files.isDirectory(directory)) return;
        Files.createDirectories(
                directory,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
}
