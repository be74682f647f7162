package io.meseta.agent.master;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/// Closes a stream on which nothing has come for too long, since a read of it can't be limited.
final class Silence implements AutoCloseable {

    private final Closeable stream;
    private final Thread watch;
    private volatile long heardAt = System.nanoTime();
    private volatile Duration limit;
    private volatile boolean isOver;

    Silence(Closeable stream, Duration limit) {
        this.stream = stream;
        this.limit = limit;
        this.watch = Thread.ofVirtual().name("link-silence").start(this::watch);
    }

    void heard() {
        heardAt = System.nanoTime();
    }

    /// Replaces the limit from now on.
    void limit(Duration next) {
        limit = next;
        watch.interrupt();
    }

    /// Whether it was this watch that closed the stream.
    boolean isOver() {
        return isOver;
    }

    @Override
    public void close() {
        limit = Duration.ZERO;
        watch.interrupt();
    }

    private void watch() {
        while (!limit.isZero()) {
            long left = limit.toNanos() - (System.nanoTime() - heardAt);
            if (left <= 0) {
                isOver = true;
                try {
                    stream.close();
                } catch (IOException _) {
                    // It is closed all the same.
                }
                return;
            }
            try {
                Thread.sleep(Duration.ofNanos(left).plusMillis(1));
            } catch (InterruptedException _) {
                // The limit has changed.
            }
        }
    }
}
