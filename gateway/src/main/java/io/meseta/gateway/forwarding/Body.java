package io.meseta.gateway.forwarding;

import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/// The body of a request that came, as the body of the one that goes out: read when there is room.
final class Body implements Request.Content {

    private static final long UNKNOWN = -1;

    private final org.eclipse.jetty.server.Request from;
    private volatile @Nullable Throwable failure;

    Body(org.eclipse.jetty.server.Request from) {
        this.from = from;
    }

    @Override
    public long getLength() {
        var headers = from.getHeaders();
        // Of the two, a body that comes in chunks has only one.
        if (!headers.contains(HttpHeader.CONTENT_LENGTH)) return UNKNOWN;
        return headers.getLongField(HttpHeader.CONTENT_LENGTH);
    }

    @Override
    public Content.@Nullable Chunk read() {
        var failed = failure;
        return failed == null ? from.read() : Content.Chunk.from(failed);
    }

    @Override
    public void demand(Runnable onContent) {
        from.demand(onContent);
    }

    /// Nobody reads any further. The request that came is not failed with it: its caller is there,
    /// and waits for the answer that somebody else may give.
    @Override
    public void fail(Throwable cause) {
        failure = cause;
    }

    /// It is among the headers already.
    @Override
    public @Nullable String getContentType() {
        return null;
    }
}
