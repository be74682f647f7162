package io.meseta.agent.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// A stream whose source is cut off from outside when nothing comes, since a read of it can't be
/// limited.
final class WatchedStream extends InputStream {

    /// Ends whatever a read waits for.
    interface Cut {
        void now() throws IOException;
    }

    /// Nothing came for too long.
    static final class Stalled extends IOException {}

    private final InputStream in;
    private final Cut cut;
    private final AtomicLong lastByteAt = new AtomicLong(System.nanoTime());
    private final Thread watch;
    private volatile boolean isStalled;

    WatchedStream(InputStream in, Duration stall, Cut cut) {
        this.in = in;
        this.cut = cut;
        watch = Thread.ofVirtual().name("fetch-watch").start(() -> watch(stall));
    }

    /// Copies all of it, as far as the budget goes.
    void copy(OutputStream out, Budget budget, Duration stall) throws IOException {
        try {
            budget.copy(this, out);
            if (isStalled) throw new Stalled();
        } catch (Stalled _) {
            throw new FetchFailure("nothing came for " + stall.toSeconds() + " s");
        }
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            int count = in.read(bytes, offset, length);
            lastByteAt.set(System.nanoTime());
            if (isStalled) throw new Stalled();
            return count;
        } catch (IOException failure) {
            if (isStalled) throw new Stalled();
            throw failure;
        }
    }

    @Override
    public void close() {
        watch.interrupt();
    }

    private void watch(Duration stall) {
        try {
            while (true) {
                long silence = System.nanoTime() - lastByteAt.get();
                if (silence > stall.toNanos()) break;
                Thread.sleep(Duration.ofNanos(stall.toNanos() - silence).plusMillis(1));
            }
            isStalled = true;
            cut.now();
        } catch (InterruptedException | IOException _) {
            Thread.currentThread().interrupt();
        }
    }
}
