package io.meseta.platform.streams;

import io.meseta.platform.identity.Caller;
import io.meseta.platform.identity.Callers;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// All streams of this process: opens them, watches them for stalls with one thread for all, and
/// ends them before the server stops, which would otherwise wait for answers that never end.
public final class StreamOutboxes implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(StreamOutboxes.class);

    private static final Duration WATCH_INTERVAL = Duration.ofMillis(100);

    /// How long a peer may take to read what waits for it once this process is stopping.
    private static final Duration LAST_WORDS_MAX = Duration.ofSeconds(2);

    private static final byte[] NO_LAST_FRAME = new byte[0];
    private static final long RUNNING = 0;

    private final Map<StreamOutbox, Caller> streams = new ConcurrentHashMap<>();
    private volatile Predicate<Caller> isStillGood = _ -> true;
    private final Consumer<StreamEnd> onEnd;
    private final AtomicLong stoppingSince = new AtomicLong(RUNNING);
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("stream-watch").factory());
    private volatile boolean isStarted;

    /// `onEnd` hears of every stream's end, after the stream's own listener.
    public StreamOutboxes(Consumer<StreamEnd> onEnd) {
        this.onEnd = onEnd;
        long interval = WATCH_INTERVAL.toMillis();
        var _ =
                watch.scheduleWithFixedDelay(
                        this::check, interval, interval, TimeUnit.MILLISECONDS);
    }

    /// Turns the answer to `request` into a stream. Status and headers must have been set; they go
    /// out at once. The request's body must have been read.
    ///
    /// `onClosed` is told once, and after that nothing more is sent. It may be called before this
    /// method returns, and by any thread; it must not wait.
    public StreamOutbox open(
            HttpServletRequest request,
            HttpServletResponse response,
            OutboxLimits limits,
            Consumer<StreamEnd> onClosed) {
        var peer = JettyPeer.of(request);
        var context = request.startAsync(request, response);
        context.setTimeout(0);
        var stream = outbox(context, peer, limits, onClosed);
        var caller = Callers.admitted(request);
        streams.put(stream, caller);
        stream.start();
        // A revocation may have come between the look at the caller and now.
        if (!isStillGood.test(caller)) stream.close(NO_LAST_FRAME, StreamEnd.REVOKED);
        if (stoppingSince.get() != RUNNING) stream.close(NO_LAST_FRAME, StreamEnd.SHUTDOWN);
        return stream;
    }

    private StreamOutbox outbox(
            AsyncContext context, Peer peer, OutboxLimits limits, Consumer<StreamEnd> onClosed) {
        try {
            var out = context.getResponse().getOutputStream();
            return new StreamOutbox(
                    context,
                    out,
                    peer,
                    limits,
                    (stream, reason) -> ended(stream, reason, onClosed));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot answer with a stream", failure);
        }
    }

    /// Ends every stream whose caller does not pass any more, and from now on those that are opened
    /// by such.
    public void recheck(Predicate<Caller> stillGood) {
        isStillGood = stillGood;
        streams.forEach((stream, caller) -> {
            if (!stillGood.test(caller)) stream.close(NO_LAST_FRAME, StreamEnd.REVOKED);
        });
    }

    /// How many streams are open. For metrics.
    public int openStreams() {
        return streams.size();
    }

    /// What waits in all of them, in bytes. For metrics.
    public long waitingBytes() {
        return streams.keySet().stream().mapToLong(StreamOutbox::waitingBytes).sum();
    }

    private void ended(StreamOutbox stream, StreamEnd reason, Consumer<StreamEnd> onClosed) {
        streams.remove(stream);
        try {
            onClosed.accept(reason);
        } catch (RuntimeException failure) {
            // Whoever ended the stream, perhaps the watch, must not suffer from its listener.
            LOG.atError().setCause(failure).log("A stream's listener failed");
        }
        onEnd.accept(reason);
    }

    private void check() {
        long now = System.nanoTime();
        long since = stoppingSince.get();
        var isTooLate = since != RUNNING && now - since > LAST_WORDS_MAX.toNanos();
        for (var stream : streams.keySet()) {
            if (isTooLate) stream.cut(StreamEnd.SHUTDOWN);
            else stream.checkStall(now);
        }
    }

    @Override
    public void start() {
        isStarted = true;
    }

    @Override
    public void stop() {
        isStarted = false;
        stoppingSince.compareAndSet(RUNNING, Math.max(1, System.nanoTime()));
        for (var stream : streams.keySet()) stream.close(NO_LAST_FRAME, StreamEnd.SHUTDOWN);
    }

    @Override
    public boolean isRunning() {
        return isStarted;
    }

    /// Before the web server, which stops at the phase below this one.
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE - 1;
    }

    /// Ends the watch; for whoever made this by hand, and for Spring when all is over.
    public void shutdown() {
        watch.shutdownNow();
    }
}
