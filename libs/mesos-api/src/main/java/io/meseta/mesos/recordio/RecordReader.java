package io.meseta.mesos.recordio;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Reads records from a stream, waiting as the stream waits: the caller sets the stream's time
/// limits. Not safe for use by several threads at once.
public final class RecordReader implements Closeable {

    private static final int CHUNK_BYTES = 16 * 1024;

    private final InputStream in;
    private final RecordDecoder decoder;
    private final byte[] bytes = new byte[CHUNK_BYTES];
    private ByteBuffer chunk = ByteBuffer.allocate(0);

    /// @param recordBytesMax the longest record to be taken, in bytes
    public RecordReader(InputStream in, int recordBytesMax) {
        this.in = in;
        this.decoder = new RecordDecoder(recordBytesMax);
    }

    /// The next record; empty once the stream has ended properly.
    ///
    /// @throws MalformedRecord when the stream holds something else, or ends inside a record
    public Optional<byte[]> next() throws IOException {
        while (true) {
            if (!chunk.hasRemaining() && !fill()) return Optional.empty();
            var record = decoder.take(chunk);
            if (record != null) return Optional.of(record);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private boolean fill() throws IOException {
        int count = in.read(bytes);
        if (count < 0) {
            decoder.end();
            return false;
        }
        chunk = ByteBuffer.wrap(bytes, 0, count);
        return true;
    }
}
