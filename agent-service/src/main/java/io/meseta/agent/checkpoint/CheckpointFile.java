package io.meseta.agent.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32;

/// One message in one file: there whole, or not there.
///
/// ```
/// "MESETACP" | version: int | length: int | CRC-32 of the message: int | message
/// ```
final class CheckpointFile {

    private static final long MAGIC = 0x4d45534554414350L;
    private static final int VERSION = 1;
    private static final int HEADER_BYTES = 20;
    static final int MESSAGE_BYTES_MAX = 64 << 20;
    static final String UNFINISHED = ".new";

    private CheckpointFile() {}

    /// Writes, syncs and renames. The caller syncs the directory.
    static void write(Path file, byte[] message) throws IOException {
        put(file, message, true);
    }

    /// Writes and renames, without waiting for the disk.
    static void put(Path file, byte[] message) throws IOException {
        put(file, message, false);
    }

    private static void put(Path file, byte[] message, boolean isSynced) throws IOException {
        if (message.length > MESSAGE_BYTES_MAX) {
            throw new IOException("a checkpoint of " + message.length + " bytes is too large");
        }
        var fresh = file.resolveSibling(file.getFileName() + UNFINISHED);
        var crc = new CRC32();
        crc.update(message);
        var buffer = ByteBuffer.allocate(HEADER_BYTES + message.length);
        buffer.putLong(MAGIC).putInt(VERSION).putInt(message.length);
        buffer.putInt((int) crc.getValue()).put(message).flip();
        try (var channel =
                FileChannel.open(
                        fresh,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            while (buffer.hasRemaining()) channel.write(buffer);
            if (isSynced) channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /// Makes a file last, or the renames and deletions in a directory.
    static void sync(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// Empty when there is no such file.
    static Optional<byte[]> read(Path file) {
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(HEADER_BYTES + MESSAGE_BYTES_MAX + 1);
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException failure) {
            throw new CheckpointFailure("can't read " + file, failure);
        }
        var buffer = ByteBuffer.wrap(bytes);
        if (bytes.length < HEADER_BYTES || buffer.getLong() != MAGIC) throw damaged(file);
        int version = buffer.getInt();
        if (version != VERSION) {
            throw new CheckpointFailure(
                    file
                            + " is a checkpoint of format %d, and this agent reads format %d: start"
                                    .formatted(version, VERSION)
                            + " the agent version that wrote it");
        }
        int length = buffer.getInt();
        int crc = buffer.getInt();
        if (length != buffer.remaining()) throw damaged(file);
        var message = new byte[length];
        buffer.get(message);
        var check = new CRC32();
        check.update(message);
        if ((int) check.getValue() != crc) throw damaged(file);
        return Optional.of(message);
    }

    static CheckpointFailure damaged(Path file) {
        return new CheckpointFailure(
                file
                        + " is damaged. If it is a task's, move it away to give up that one task;"
                        + " if it is the agent's own, move away its whole directory: the agent then"
                        + " joins as a new one and ends what the old one left running");
    }
}
