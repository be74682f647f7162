package io.meseta.images.pulls;

import io.meseta.images.pulls.PullProgress.Listener;
import io.meseta.images.pulls.PullProgress.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/// Counts one pull and tells its listeners, no more often than is of use.
///
/// Synchronized: layers come from several threads, and listeners hear one thing at a time.
final class Progress {

    private static final long PAUSE_NANOS = Duration.ofMillis(250).toNanos();

    private final LongSupplier nanos;
    private final List<Listener> listeners = new ArrayList<>();
    private PullProgress current = new PullProgress(Stage.RESOLVING, 0, 0, 0, 0);
    private long told;

    Progress(LongSupplier nanos) {
        this.nanos = nanos;
        this.told = nanos.getAsLong() - PAUSE_NANOS;
    }

    synchronized void join(Listener listener) {
        listeners.add(listener);
        listener.hear(current);
    }

    synchronized void leave(Listener listener) {
        listeners.remove(listener);
    }

    synchronized void begin(long bytesTotal, int layersDone, int layersTotal) {
        current = new PullProgress(Stage.FETCHING, 0, bytesTotal, layersDone, layersTotal);
        tell();
    }

    synchronized void move(long bytes) {
        long done = Math.max(0, current.bytesDone() + bytes);
        current =
                new PullProgress(
                        current.stage(),
                        done,
                        Math.max(done, current.bytesTotal()),
                        current.layersDone(),
                        current.layersTotal());
        if (nanos.getAsLong() - told >= PAUSE_NANOS) tell();
    }

    synchronized void layerDone() {
        current =
                new PullProgress(
                        current.stage(),
                        current.bytesDone(),
                        current.bytesTotal(),
                        current.layersDone() + 1,
                        current.layersTotal());
        tell();
    }

    synchronized void ready() {
        current =
                new PullProgress(
                        Stage.READY,
                        current.bytesTotal(),
                        current.bytesTotal(),
                        current.layersTotal(),
                        current.layersTotal());
        tell();
    }

    private void tell() {
        told = nanos.getAsLong();
        for (var listener : List.copyOf(listeners)) listener.hear(current);
    }
}
