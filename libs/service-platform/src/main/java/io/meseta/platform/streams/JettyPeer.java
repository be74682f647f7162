package io.meseta.platform.streams;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/// A peer on one HTTP/1.1 connection of Jetty.
///
/// Jetty does not read from a connection while its request is being answered, so a peer's FIN would
/// be noticed only by the second write after it, a heartbeat or two later. Here we ask to be told
/// when there is something to read: an end is the peer's end; bytes would be a further request sent
/// ahead, which is lost; then the connection is closed after the stream. In all other cases it is
/// handed back: nobody has told the peer that it ends, and a proxy has more requests for it.
public final class JettyPeer implements Peer {

    private final EndPoint endPoint;
    private final HttpConnection connection;
    private volatile boolean isLeft;

    private JettyPeer(EndPoint endPoint, HttpConnection connection) {
        this.endPoint = endPoint;
        this.connection = connection;
    }

    static JettyPeer of(HttpServletRequest request) {
        return of(ServletContextRequest.getServletContextRequest(request))
                .orElseThrow(() ->
                        new IllegalStateException(
                                "a stream needs a connection of its own: HTTP/1.1"));
    }

    /// Empty where the protocol itself tells of an end, as HTTP/2 does.
    public static Optional<JettyPeer> of(Request request) {
        return request.getConnectionMetaData().getConnection() instanceof HttpConnection connection
                ? Optional.of(new JettyPeer(connection.getEndPoint(), connection))
                : Optional.empty();
    }

    @Override
    public void watch(Runnable onGone) {
        endPoint.tryFillInterested(new FirstByte(onGone));
    }

    @Override
    public void leave() {
        isLeft = true;
        if (!isTakenBack()) connection.getGenerator().setPersistent(false);
    }

    /// False if we have been told already, or just are. While the request is under way nobody else
    /// asks to be told.
    private boolean isTakenBack() {
        return endPoint instanceof AbstractEndPoint waiting
                && waiting.getFillInterest().onFail(new CancellationException("the stream ends"));
    }

    @Override
    public void cut() {
        endPoint.close(new IOException("stream cut"));
    }

    private void read(Runnable onGone, Callback again) {
        try {
            int read = endPoint.fill(BufferUtil.allocate(16));
            if (read < 0) onGone.run();
            else if (read == 0) endPoint.tryFillInterested(again);
        } catch (IOException _) {
            onGone.run();
        }
    }

    private final class FirstByte implements Callback {

        private final Runnable onGone;

        private FirstByte(Runnable onGone) {
            this.onGone = onGone;
        }

        @Override
        public void succeeded() {
            if (!isLeft) read(onGone, this);
        }

        @Override
        public void failed(Throwable failure) {
            if (!isLeft) onGone.run();
        }
    }
}
