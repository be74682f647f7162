package io.meseta.gateway.forwarding;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/// Notices that the caller of an HTTP/1.1 request hangs up while the answer is quiet.
///
/// Jetty reads nothing from a connection while its request is being answered. So we ask to be told
/// when there is something to read: an end is the caller's end. Bytes would be a further request
/// sent ahead, which is lost; then the connection is closed after the answer, as HTTP allows. In
/// all other cases it is handed back, since its caller has not been told that it ends.
final class CallerWatch {

    private final EndPoint endPoint;
    private final HttpConnection connection;
    private volatile boolean isLeft;

    private CallerWatch(EndPoint endPoint, HttpConnection connection) {
        this.endPoint = endPoint;
        this.connection = connection;
    }

    /// Begins to watch; empty where the protocol tells by itself.
    static Optional<CallerWatch> on(Request request, Runnable onGone) {
        if (request.getConnectionMetaData().getConnection() instanceof HttpConnection connection) {
            var watch = new CallerWatch(connection.getEndPoint(), connection);
            if (watch.endPoint.tryFillInterested(watch.new FirstByte(onGone))) {
                return Optional.of(watch);
            }
        }
        return Optional.empty();
    }

    /// The answer is about to be complete, or never will be: the connection is Jetty's again.
    void leave() {
        isLeft = true;
        if (!isTakenBack()) connection.getGenerator().setPersistent(false);
    }

    /// False if we have been told already, or just are. While the request is under way nobody else
    /// asks to be told.
    private boolean isTakenBack() {
        return endPoint instanceof AbstractEndPoint waiting
                && waiting.getFillInterest().onFail(new CancellationException("answered"));
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
