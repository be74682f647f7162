package io.meseta.mesos.recordio;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Puts records into frames.
public final class RecordWriter {

    private RecordWriter() {}

    /// The record with its length before it.
    public static byte[] frame(byte[] record) {
        var header = header(record.length);
        var framed = new byte[header.length + record.length];
        System.arraycopy(header, 0, framed, 0, header.length);
        System.arraycopy(record, 0, framed, header.length, record.length);
        return framed;
    }

    /// Writes the framed record in one call, so that it is not torn into two packets, and does not
    /// flush.
    public static void frame(byte[] record, OutputStream out) throws IOException {
        out.write(frame(record));
    }

    private static byte[] header(int length) {
        return (length + "\n").getBytes(StandardCharsets.US_ASCII);
    }
}
