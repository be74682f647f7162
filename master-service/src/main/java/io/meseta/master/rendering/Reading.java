package io.meseta.master.rendering;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/// One reader's way through a document that others may read too.
///
/// To be closed by whoever got it. The waits in here are bounded.
public final class Reading<S> implements AutoCloseable {

    private final Renderer renderer;
    private final Rendering<S> rendering;
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private long position;

    Reading(Renderer renderer, Rendering<S> rendering) {
        this.renderer = renderer;
        this.rendering = rendering;
    }

    /// The state that is shown; waits until the rendering has begun.
    public S state() throws IOException, InterruptedException {
        return rendering.awaitState();
    }

    /// How long the document is, in bytes; waits until it is complete.
    public long size() throws IOException, InterruptedException {
        return rendering.spool().awaitSize();
    }

    /// The next bytes; waits for them. -1 at the end of the document, which is whole then.
    public int read(byte[] into) throws IOException, InterruptedException {
        int read = rendering.spool().read(position, into);
        if (read > 0) position += read;
        return read;
    }

    /// The rest of the document.
    public InputStream rest() {
        return new Rest();
    }

    @Override
    public void close() {
        if (isClosed.compareAndSet(false, true)) renderer.leave(rendering);
    }

    private final class Rest extends InputStream {

        private final byte[] buffer = new byte[Spool.CHUNK_BYTES];
        private int from;
        private int to;

        @Override
        public int read() throws IOException {
            if (from == to && !fill()) return -1;
            return buffer[from++] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) return 0;
            if (from == to && !fill()) return -1;
            int part = Math.min(length, to - from);
            System.arraycopy(buffer, from, into, offset, part);
            from += part;
            return part;
        }

        /// Whole chunks, and none of them copied once more.
        @Override
        public long transferTo(OutputStream out) throws IOException {
            long count = 0;
            while (from < to || fill()) {
                out.write(buffer, from, to - from);
                count += to - from;
                from = to;
            }
            return count;
        }

        private boolean fill() throws IOException {
            try {
                from = 0;
                to = Math.max(0, Reading.this.read(buffer));
                return to > 0;
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw new IOException("this master is stopping", stopping);
            }
        }
    }
}
