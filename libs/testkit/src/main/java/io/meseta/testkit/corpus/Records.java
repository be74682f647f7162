package io.meseta.testkit.corpus;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The records of a stream: a length in decimal, a line feed, and so many bytes.
public final class Records {

    private static final int LENGTH_DIGITS_MAX = 9;

    private final InputStream in;

    public Records(InputStream in) {
        this.in = in;
    }

    /// Waits for the next record; empty at the stream's end.
    public Optional<byte[]> next() throws IOException {
        var length = new StringBuilder();
        for (int digit = in.read(); digit != '\n'; digit = in.read()) {
            if (digit < 0 && length.isEmpty()) return Optional.empty();
            if (digit < '0' || digit > '9' || length.length() == LENGTH_DIGITS_MAX)
                throw new IOException("not a record's length: " + length + (char) digit);
            length.append((char) digit);
        }
        int bytes = Integer.parseInt(length.toString());
        var record = in.readNBytes(bytes);
        if (record.length < bytes)
            throw new EOFException("cut off: " + new String(record, StandardCharsets.UTF_8));
        return Optional.of(record);
    }
}
