package io.meseta.platform.streams;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// What waits to be sent to one peer over an endless answer.
///
/// Safe from many threads; frames of one thread keep their order. No call ever waits: what the peer
/// can take is written by the caller's own thread, the rest when the container says that the peer
/// takes more. A peer for whom too much waits, or who takes nothing for too long, is cut off.
///
/// One thread at a time is the drainer: whoever raises `turns` from zero. Others leave their mark
/// in `turns` and go; the drainer looks again before it leaves. Only the drainer touches the
/// servlet's stream, so there is no lock.
public final class StreamOutbox {

    /// What a waiting frame costs beside its bytes: its array's head and its place in the queue.
    static final int FRAME_COST = 48;

    /// The most that is written at once, so that a slow peer's progress is seen within a frame.
    private static final int SLICE_MAX = 64 * 1024;

    private static final long NOT_STALLED = 0;
    private static final byte[] NOTHING = new byte[0];

    private final OutboxLimits limits;
    private final AsyncContext context;
    private final ServletOutputStream out;
    private final Peer peer;
    private final BiConsumer<StreamOutbox, StreamEnd> onClosed;

    private final Queue<byte[]> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicInteger turns = new AtomicInteger();
    private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
    private final AtomicBoolean isOver = new AtomicBoolean();

    /// Whether the container would take a write; false from a refused one until it calls back.
    private volatile boolean isWritable;

    /// When the container last refused, on the monotonic clock; [#NOT_STALLED] if it did not.
    private final AtomicLong stalledSince = new AtomicLong(NOT_STALLED);

    // The drainer's own.
    private byte[] frame = NOTHING;
    private int frameCost;
    private int written;
    private boolean isFlushed;
    private boolean isLastTaken;
    private boolean isCompleted;

    StreamOutbox(
            AsyncContext context,
            ServletOutputStream out,
            Peer peer,
            OutboxLimits limits,
            BiConsumer<StreamOutbox, StreamEnd> onClosed) {
        this.context = context;
        this.out = out;
        this.peer = peer;
        this.limits = limits;
        this.onClosed = onClosed;
    }

    /// Hands `frame` over; it must not be changed afterwards. False if the stream has ended, or
    /// ends now because the frame finds no room. True is no receipt: the peer may still be lost.
    public boolean offer(byte[] frame) {
        if (ending.get() != null) return false;
        if (waitingBytes.addAndGet(cost(frame)) > limits.bytesMax()) {
            waitingBytes.addAndGet(-cost(frame));
            cut(StreamEnd.OVERFLOW);
            return false;
        }
        waiting.add(frame);
        drain();
        return true;
    }

    /// Ends the stream after everything offered so far.
    public void close() {
        close(NOTHING);
    }

    /// Ends the stream with `lastFrame`, after everything offered so far. The last frame may exceed
    /// the limit: it often says that the limit was reached.
    public void close(byte[] lastFrame) {
        close(lastFrame, StreamEnd.CLOSED);
    }

    void close(byte[] lastFrame, StreamEnd reason) {
        if (!ending.compareAndSet(null, new Ending(reason, lastFrame))) return;
        waitingBytes.addAndGet(cost(lastFrame));
        drain();
    }

    /// Ends the stream at once; what waits is dropped and the connection is cut.
    public void cut() {
        cut(StreamEnd.CLOSED);
    }

    /// The first end counts: one that comes while an orderly one is under way takes its place.
    void cut(StreamEnd reason) {
        ending.compareAndSet(null, new Ending(reason, NOTHING));
        if (!isOver.compareAndSet(false, true)) return;
        peer.cut();
        drain();
        onClosed.accept(this, reason);
    }

    /// Whether frames are still taken.
    public boolean isOpen() {
        return ending.get() == null;
    }

    /// Bytes that wait, as [OutboxLimits] counts them. For metrics.
    public long waitingBytes() {
        return waitingBytes.get();
    }

    /// Cuts the peer off if it has taken nothing for too long.
    void checkStall(long nowNanos) {
        long since = stalledSince.get();
        if (since != NOT_STALLED && nowNanos - since > limits.stallMax().toNanos()) {
            cut(StreamEnd.STALLED);
        }
    }

    void start() {
        context.addListener(new ContainerListener());
        out.setWriteListener(new Writes());
        peer.watch(() -> cut(StreamEnd.PEER_GONE));
    }

    private static int cost(byte[] frame) {
        return frame.length + FRAME_COST;
    }

    private void drain() {
        if (turns.getAndIncrement() != 0) return;
        int seen = 1;
        do {
            try {
                writeWhatFits();
            } catch (IOException | RuntimeException _) {
                // The container fails a write in several ways, all of which mean the same here.
                cut(StreamEnd.PEER_GONE);
            }
            if (isOver.get()) complete();
            seen = turns.addAndGet(-seen);
        } while (seen != 0);
    }

    private void writeWhatFits() throws IOException {
        while (!isOver.get() && isWritable && isReady()) {
            if (written < frame.length) {
                int length = Math.min(SLICE_MAX, frame.length - written);
                out.write(frame, written, length);
                written += length;
                isFlushed = false;
            } else if (!takeNextFrame()) {
                if (isFlushed) {
                    if (isLastTaken) finish();
                    return;
                }
                out.flush();
                isFlushed = true;
            }
        }
    }

    /// Asks the container. The flag falls first: once asked in vain, the container may call back
    /// before this thread has read its answer, and that call must not be lost.
    private boolean isReady() {
        isWritable = false;
        stalledSince.compareAndSet(NOT_STALLED, now());
        if (!out.isReady()) return false;
        stalledSince.set(NOT_STALLED);
        isWritable = true;
        return true;
    }

    private boolean takeNextFrame() {
        // Only now has the container let go of the frame before; a quiet stream must not keep it.
        waitingBytes.addAndGet(-frameCost);
        frameCost = 0;
        frame = NOTHING;
        written = 0;
        var next = waiting.poll();
        var end = ending.get();
        if (next == null && end != null && !isLastTaken) {
            // Once more: a frame offered before the end may have come in between.
            next = waiting.poll();
            if (next == null) {
                isLastTaken = true;
                next = end.lastFrame;
            }
        }
        if (next == null) return false;
        frame = next;
        frameCost = cost(next);
        return true;
    }

    private void finish() {
        var end = ending.get();
        if (end == null || !isOver.compareAndSet(false, true)) return;
        complete();
        onClosed.accept(this, end.reason);
    }

    private void complete() {
        if (isCompleted) return;
        isCompleted = true;
        waiting.clear();
        frame = NOTHING;
        peer.leave();
        try {
            context.complete();
        } catch (IllegalStateException _) {
            // The container ended the request itself, which is what was asked of it.
        }
    }

    /// Never [#NOT_STALLED].
    private static long now() {
        long now = System.nanoTime();
        return now == NOT_STALLED ? 1 : now;
    }

    private final class Writes implements WriteListener {

        @Override
        public void onWritePossible() {
            stalledSince.set(NOT_STALLED);
            isWritable = true;
            drain();
        }

        @Override
        public void onError(Throwable failure) {
            cut(StreamEnd.PEER_GONE);
        }
    }

    private final class ContainerListener implements AsyncListener {

        @Override
        public void onComplete(AsyncEvent event) {
            cut(StreamEnd.PEER_GONE);
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            cut(StreamEnd.PEER_GONE);
        }

        @Override
        public void onError(AsyncEvent event) {
            cut(StreamEnd.PEER_GONE);
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // A stream is started once.
        }
    }

    /// How the stream is to end: set once, by the first who ends it.
    private static final class Ending {

        private final StreamEnd reason;
        private final byte[] lastFrame;

        private Ending(StreamEnd reason, byte[] lastFrame) {
            this.reason = reason;
            this.lastFrame = lastFrame;
        }
    }
}
