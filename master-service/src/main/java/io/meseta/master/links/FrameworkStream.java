package io.meseta.master.links;

import io.meseta.master.core.framework.StreamId;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.doors.Format;
import io.meseta.mesos.v1.scheduler.Event;
import io.meseta.model.FrameworkId;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// A framework's open stream.
public final class FrameworkStream {

    private final StreamId id;
    private final Format format;
    private final Epoch epoch;
    private final FrameworkCounts counts;
    private final Outgoing outgoing = new Outgoing();
    private final AtomicReference<Optional<FrameworkId>> framework =
            new AtomicReference<>(Optional.empty());

    /// When the peer was last told anything by the clock, on the monotonic clock.
    private volatile long beatNanos = System.nanoTime();

    FrameworkStream(StreamId id, Format format, Epoch epoch, FrameworkCounts counts) {
        this.id = id;
        this.format = format;
        this.epoch = epoch;
        this.counts = counts;
    }

    public StreamId id() {
        return id;
    }

    public Format format() {
        return format;
    }

    Epoch epoch() {
        return epoch;
    }

    Outgoing outgoing() {
        return outgoing;
    }

    /// Whose it is; unknown until the subscription has been decided on.
    Optional<FrameworkId> framework() {
        return framework.get();
    }

    void belongsTo(FrameworkId id) {
        framework.set(Optional.of(id));
    }

    void say(Event event) {
        framework().ifPresent(reader -> counts.count(reader, event.getType()));
        outgoing.say(format.write(event));
    }

    /// Ends the stream with words of why: what a framework takes as the end of its subscription.
    public void refuse(String message) {
        outgoing.end(format.write(FrameworkNews.error(message)));
    }

    long beatNanos() {
        return beatNanos;
    }

    void beat(long nowNanos) {
        beatNanos = nowNanos;
    }
}
