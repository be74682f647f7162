package io.meseta.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Reads RecordIO from a blocking stream: a decimal length, a newline, that many bytes.
final class RecordReader {

    private static final int LENGTH_DIGITS_MAX = 10;

    private final InputStream in;
    private final int recordBytesMax;

    RecordReader(InputStream in, int recordBytesMax) {
        this.in = in;
        this.recordBytesMax = recordBytesMax;
    }

    /// The next record; empty when the stream ends before one begins.
    Optional<byte[]> next() throws IOException {
        long length = 0;
        int digits = 0;
        while (true) {
            int next = in.read();
            if (next < 0 && digits == 0) {
                return Optional.empty();
            }
            if (next == '\n' && digits > 0) {
                break;
            }
            if (next < '0' || next > '9' || digits == LENGTH_DIGITS_MAX) {
                throw new IOException("a record without a length");
            }
            length = length * 10 + (next - '0');
            digits++;
        }
        if (length > recordBytesMax) {
            throw new IOException("a record of " + length + " bytes, more than is read");
        }
        var record = in.readNBytes((int) length);
        if (record.length < length) {
            throw new EOFException("the stream ended inside a record");
        }
        return Optional.of(record);
    }
}
