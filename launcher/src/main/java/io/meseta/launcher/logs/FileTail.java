package io.meseta.launcher.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/// What comes to a file, from where one was last. A file that has become shorter was cut by the
/// rotation, and is read from its beginning.
public final class FileTail {

    private static final int READ_BYTES = 64 * 1024;

    private final Path file;
    private long position;

    private FileTail(Path file, long position) {
        this.file = file;
        this.position = position;
    }

    public static FileTail fromEnd(Path file) throws IOException {
        return new FileTail(file, Files.exists(file) ? Files.size(file) : 0);
    }

    /// From the beginning of the last `lines` lines, as far as those are within one read.
    public static FileTail fromLines(Path file, int lines) throws IOException {
        var tail = fromEnd(file);
        tail.position = Math.max(0, tail.position - READ_BYTES);
        long start = tail.position;
        var text = tail.read();
        // The end of the last line is not the beginning of another.
        int from = text.endsWith("\n") ? text.length() - 1 : text.length();
        for (int found = 0; found < lines && from >= 0; found++) {
            from = text.lastIndexOf('\n', from - 1);
        }
        var skipped = text.substring(0, Math.min(from + 1, text.length()));
        tail.position = start + skipped.getBytes(UTF_8).length;
        return tail;
    }

    /// What has come; empty text when nothing has.
    public String next() throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        if (Files.size(file) < position) {
            position = 0;
        }
        return read();
    }

    private String read() throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        try (var channel = Files.newByteChannel(file)) {
            var bytes = ByteBuffer.allocate(READ_BYTES);
            channel.position(position);
            channel.read(bytes);
            position += bytes.position();
            return new String(bytes.array(), 0, bytes.position(), UTF_8);
        }
    }
}
