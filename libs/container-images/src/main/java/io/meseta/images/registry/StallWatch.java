package io.meseta.images.registry;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Ends downloads that bring nothing, or so little that they would never end: the client's own
/// timeout stops counting when an answer begins.
final class StallWatch implements AutoCloseable {

    private static final long BYTES_A_SECOND_MIN = 1024;

    private final Duration window;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("image-stall-watch").daemon().factory());

    StallWatch(Duration window) {
        this.window = window;
    }

    /// `body`, cut off once a whole window has brought too little.
    InputStream watch(InputStream body) {
        return new Watched(body);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    private final class Watched extends FilterInputStream {

        private final AtomicLong count = new AtomicLong();
        private final long least = Math.max(1, window.toMillis() * BYTES_A_SECOND_MIN / 1000);
        private final ScheduledFuture<?> check;
        private long counted;
        private volatile boolean hasStalled;

        Watched(InputStream in) {
            super(in);
            check =
                    clock.scheduleWithFixedDelay(
                            this::check,
                            window.toMillis(),
                            window.toMillis(),
                            TimeUnit.MILLISECONDS);
        }

        /// On the watch's thread. Closing the stream wakes whoever reads.
        private void check() {
            long now = count.get();
            if (now - counted >= least) {
                counted = now;
                return;
            }
            hasStalled = true;
            try {
                close();
            } catch (IOException _) {
                // The reader hears of the stall, which is the trouble.
            }
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                int read = super.read(into, offset, length);
                if (read < 0 && hasStalled) throw stalled();
                if (read > 0) count.addAndGet(read);
                return read;
            } catch (IOException failed) {
                throw hasStalled ? stalled() : failed;
            }
        }

        private IOException stalled() {
            return new IOException("next to nothing came for " + window.toMillis() + " ms");
        }

        @Override
        public void close() throws IOException {
            check.cancel(false);
            super.close();
        }
    }
}
