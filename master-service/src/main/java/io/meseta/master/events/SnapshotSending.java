package io.meseta.master.events;

import io.meseta.master.rendering.Reading;
import io.meseta.master.rendering.Renderer;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends readers a whole state, as fast as each of them reads: from the renderer, which makes it
/// once for all who wait for the same.
final class SnapshotSending {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotSending.class);

    private static final int PIECE_BYTES = 64 * 1024;

    /// So much may wait in a reader's outbox before it is given more.
    private static final long AHEAD_BYTES_MAX = 1024 * 1024;

    private static final long LOOK_NANOS = 1_000_000;

    private final String name;
    private final Dialect dialect;
    private final Renderer renderer;
    private final long aheadBytes;
    private final Supplier<Optional<Position>> position;

    private record Key(String stream, Object audience) {}

    SnapshotSending(
            String name,
            Dialect dialect,
            Renderer renderer,
            int outboxBytes,
            Supplier<Optional<Position>> position) {
        this.name = name;
        this.dialect = dialect;
        this.renderer = renderer;
        this.aheadBytes = Math.min(AHEAD_BYTES_MAX, outboxBytes / 2);
        this.position = position;
    }

    /// Sends one, on a thread of its own.
    ///
    /// @param sent called once it has been handed over whole
    void send(Subscriber subscriber, Runnable sent) {
        Thread.ofVirtual().name(name + "-snapshot").start(() -> sendNow(subscriber, sent));
    }

    private void sendNow(Subscriber subscriber, Runnable sent) {
        var audience = subscriber.audience();
        var reading =
                renderer.<Position>read(
                        new Key(name, audience.sharing()),
                        () -> position.get().orElseThrow(SnapshotSending::notLed),
                        (at, out) -> dialect.snapshot(at, audience, out));
        if (reading.isEmpty()) {
            subscriber.finish(dialect.end(audience, "too much of the cluster is being read"));
            return;
        }
        try (var open = reading.get()) {
            copy(open, subscriber);
            subscriber.shown(open.state().id());
            sent.run();
        } catch (IOException broken) {
            if (!subscriber.isGone())
                LOG.atWarn()
                        .addKeyValue("stream", name)
                        .setCause(broken)
                        .log("A snapshot could not be rendered");
            subscriber.cut();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            subscriber.cut();
        }
    }

    private void copy(Reading<Position> reading, Subscriber subscriber)
            throws IOException, InterruptedException {
        if (dialect.measuresSnapshots()) subscriber.say(dialect.beforeSnapshot(reading.size()));
        var piece = new byte[PIECE_BYTES];
        for (int read = reading.read(piece); read >= 0; read = reading.read(piece)) {
            awaitRoom(subscriber);
            subscriber.say(Arrays.copyOf(piece, read));
        }
        subscriber.say(dialect.afterSnapshot(reading.state(), subscriber.audience()));
    }

    /// Ends: a reader that takes nothing for too long is cut off by its outbox.
    private void awaitRoom(Subscriber subscriber) throws IOException {
        while (subscriber.waitingBytes() > aheadBytes) {
            if (subscriber.isGone()) throw new IOException("the reader has gone");
            LockSupport.parkNanos(LOOK_NANOS);
        }
        if (subscriber.isGone()) throw new IOException("the reader has gone");
    }

    private static IllegalStateException notLed() {
        return new IllegalStateException("this master does not lead any more");
    }
}
