package io.meseta.platform.streams;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/// A peer on one HTTP/1.1 connection of Jetty.
///
/// Jetty does not read from a connection while its request is being answered, so a peer's FIN would
/// be noticed only by the second write after it, a heartbeat or two later. Here we ask to be told
/// when there is something to read: an end is the peer's end; bytes would be a further request,
/// which an endless answer can never come to, so the connection is not used again after the stream.
final class JettyPeer implements Peer {

    private final EndPoint endPoint;
    private final HttpConnection connection;

    private JettyPeer(EndPoint endPoint, HttpConnection connection) {
        this.endPoint = endPoint;
        this.connection = connection;
    }

    static JettyPeer of(HttpServletRequest request) {
        var jetty = ServletContextRequest.getServletContextRequest(request);
        if (jetty.getConnectionMetaData().getConnection() instanceof HttpConnection connection) {
            return new JettyPeer(connection.getEndPoint(), connection);
        }
        throw new IllegalStateException("a stream needs a connection of its own: HTTP/1.1");
    }

    @Override
    public void watch(Runnable onGone) {
        endPoint.tryFillInterested(new FirstByte(onGone));
    }

    @Override
    public void leave() {
        connection.getGenerator().setPersistent(false);
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
            read(onGone, this);
        }

        @Override
        public void failed(Throwable failure) {
            onGone.run();
        }
    }
}
