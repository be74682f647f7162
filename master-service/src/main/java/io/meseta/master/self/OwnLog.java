package io.meseta.master.self;

import com.google.protobuf.ByteString;
import io.meseta.platform.process.LogFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The master's log, under the one name by which Mesos shows it.
public final class OwnLog {

    /// As tools know it.
    static final String NAME = "/master/log";

    /// What one reading gives at most: Mesos reads sixteen pages.
    static final int READ_BYTES_MAX = 64 * 1024;

    private final LogFile file;

    OwnLog(LogFile file) {
        this.file = file;
    }

    /// A part of the log.
    ///
    /// @param size of the whole, in bytes
    record Piece(long size, ByteString data) {}

    /// Each virtual path with the file behind it.
    SortedMap<String, String> names() {
        var names = new TreeMap<String, String>();
        file.present().ifPresent(path -> names.put(NAME, path.toAbsolutePath().toString()));
        return names;
    }

    boolean isAt(String path) {
        return path.equals(NAME) && file.present().isPresent();
    }

    /// The name of the file, for whoever saves it.
    String fileName() {
        return file.path().map(Path::getFileName).map(Path::toString).orElse("log");
    }

    /// Opens what is at the path; whoever gets it closes it.
    Optional<FileChannel> open(String path) {
        return path.equals(NAME) ? file.open() : Optional.empty();
    }

    /// Reads from a place on.
    ///
    /// @param offset in bytes; beyond the end there is nothing
    /// @param length at most so many bytes, and at most [#READ_BYTES_MAX]
    static Piece read(FileChannel channel, long offset, long length) throws IOException {
        long size = channel.size();
        int most = Math.clamp(length, 0, READ_BYTES_MAX);
        if (offset < 0 || offset >= size) return new Piece(size, ByteString.EMPTY);
        var buffer = ByteBuffer.allocate((int) Math.min(most, size - offset));
        channel.position(offset);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // Until it is full, or the file ends.
        }
        return new Piece(size, ByteString.copyFrom(buffer.flip()));
    }
}
