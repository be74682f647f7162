package io.meseta.gateway.forwarding;

import io.meseta.platform.streams.JettyPeer;
import io.meseta.platform.streams.Peer;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// One request and its answer, on their way through.
///
/// Bodies are read on demand in both directions, so whoever reads slowly slows the other side.
/// Exactly one ending is told. Whoever hangs up, the other side's connection is closed at once.
final class Passage {

    /// An answer that takes longer than this is watched for its reader's leaving; most are done.
    private static final Duration WATCH_AFTER = Duration.ofMillis(500);

    private static final int REDIRECT = 307;

    private final HttpClient client;
    private final Set<Passage> underWay;
    private final Forwarder.Limits limits;
    private final Inbound inbound;
    private final Errand errand;
    private final Consumer<Ending> onEnd;
    private final boolean hasBody;

    private final AtomicBoolean isOver = new AtomicBoolean();

    /// A watch that began as the answer ended would read from the connection's next request.
    private final ReentrantLock watchLock = new ReentrantLock();

    private volatile boolean isBegun;
    private volatile boolean isSent;
    private volatile boolean isAnswering;
    private volatile boolean isLate;
    private volatile boolean isWithdrawn;
    private volatile @Nullable Request outbound;
    private volatile long sentNanos;
    private @Nullable Peer watched;
    private boolean isEnding;

    Passage(
            HttpClient client,
            Set<Passage> underWay,
            Forwarder.Limits limits,
            Inbound inbound,
            Errand errand,
            Consumer<Ending> onEnd) {
        this.client = client;
        this.underWay = underWay;
        this.limits = limits;
        this.inbound = inbound;
        this.errand = errand;
        this.onEnd = onEnd;
        this.hasBody = inbound.hasBody();
    }

    void start() {
        var request =
                client.newRequest(errand.to().host(), errand.to().port())
                        .method(inbound.method())
                        .path(errand.target())
                        .idleTimeout(0, TimeUnit.SECONDS)
                        .headers(this::head);
        if (hasBody) request.body(new Body(inbound.request()));
        request.onRequestBegin(_ -> isBegun = true);
        request.onRequestSuccess(_ -> sent());
        request.onResponseContentSource(this::answer);
        outbound = request;
        underWay.add(this);
        inbound.request().addFailureListener(this::callerGone);
        // Quiet is fine as long as both are there; a body that does not come fails its reading.
        inbound.request().addIdleTimeoutListener(_ -> false);
        request.send(this::ended);
    }

    private void head(HttpFields.Mutable headers) {
        headers.clear();
        headers.add(errand.headers());
        if (errand.to().protocol() == Upstream.Protocol.HTTP2) headers.put("te", "trailers");
        else headers.put(HttpHeader.HOST, errand.to().authority());
    }

    private void sent() {
        sentNanos = System.nanoTime();
        isSent = true;
    }

    /// Called again and again while it is under way: one clock for all is cheaper than two for
    /// each.
    void look(long nowNanos) {
        if (isOver.get()) return;
        if (errand.leave().isOver()) withdraw();
        if (!isSent) return;
        long waited = nowNanos - sentNanos;
        if (!isAnswering && waited > limits.firstByteMax().toNanos()) {
            isLate = true;
            abort(new IOException("no answer in time"));
        } else if (waited > WATCH_AFTER.toNanos()) {
            watch();
        }
    }

    /// Whoever has part of an answer sees it break off; others can still be told.
    private void withdraw() {
        isWithdrawn = true;
        var cause = new IOException("the caller may not go on");
        if (isAnswering) callerGone(cause);
        else abort(cause);
    }

    private void watch() {
        watchLock.lock();
        try {
            if (isOver.get() || isEnding || watched != null) return;
            var caller = JettyPeer.of(inbound.request());
            if (caller.isEmpty()) return;
            watched = caller.get();
            watched.watch(() -> callerGone(new IOException("the caller hung up")));
        } finally {
            watchLock.unlock();
        }
    }

    private void callerGone(Throwable cause) {
        if (!isOver.compareAndSet(false, true)) return;
        disarm();
        abort(cause);
        inbound.callback().failed(cause);
        onEnd.accept(new Ending.Broken(cause));
    }

    private void answer(Response answer, Content.Source content) {
        isAnswering = true;
        var location = answer.getHeaders().get(HttpHeader.LOCATION);
        if (errand.isRedirectOurs() && answer.getStatus() == REDIRECT && location != null) {
            if (!isOver.compareAndSet(false, true)) return;
            disarm();
            abort(new IOException("answered by a redirect"));
            onEnd.accept(new Ending.Elsewhere(location, !hasBody));
            return;
        }
        var response = inbound.response();
        response.setStatus(answer.getStatus());
        HeaderRules.answer(answer.getHeaders(), response.getHeaders());
        errand.onAnswer().accept(response.getHeaders());
        if (inbound.isHttp2()) response.setTrailersSupplier(answer::getTrailers);
        // Below zero if its end tells how long it was.
        var left = new AtomicLong(answer.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH));
        Content.copy(
                content,
                (isLast, bytes, written) -> {
                    // Who has heard it all may go on at once, with what is not ours to read.
                    if (isLast || left.addAndGet(-bytes.remaining()) == 0) unwatch();
                    response.write(isLast, bytes, written);
                },
                Callback.from(
                        () -> passed(answer.getStatus()),
                        failure -> {
                            abort(failure);
                            broken(failure);
                        }));
    }

    private void passed(int status) {
        if (!isOver.compareAndSet(false, true)) return;
        disarm();
        // Answered before it was read to its end: the rest is nobody's.
        if (hasBody && !isSent) abort(new IOException("answered early"));
        inbound.callback().succeeded();
        onEnd.accept(new Ending.Answered(status));
    }

    private void broken(Throwable failure) {
        if (!isOver.compareAndSet(false, true)) return;
        disarm();
        inbound.callback().failed(failure);
        onEnd.accept(new Ending.Broken(failure));
    }

    private void ended(Result result) {
        if (!result.isFailed() || isAnswering) return;
        var cause = result.getFailure();
        if (!isOver.compareAndSet(false, true)) return;
        disarm();
        onEnd.accept(ending(cause));
    }

    private Ending ending(Throwable cause) {
        if (isWithdrawn) return new Ending.Withdrawn();
        if (isLate) return new Ending.Late();
        if (!isBegun) return new Ending.Unreached(cause);
        return new Ending.Unanswered(cause, !hasBody);
    }

    private void abort(Throwable cause) {
        var request = outbound;
        if (request != null) {
            var _ = request.abort(cause);
        }
    }

    private void disarm() {
        underWay.remove(this);
        unwatch();
    }

    private void unwatch() {
        watchLock.lock();
        try {
            if (!isEnding && watched != null) watched.leave();
            isEnding = true;
        } finally {
            watchLock.unlock();
        }
    }
}
