package io.meseta.gateway.forwarding;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.BufferUtil;

/// Two connections as one: what comes in here goes out there, until either ends.
///
/// A virtual thread for each direction. Each writes before it reads on, so nothing piles up.
final class WebSocketTunnel extends AbstractConnection implements Connection.UpgradeTo {

    private static final int BUFFER = 16 * 1024;

    private final Socket upstream;
    private final Leave leave;
    private final Set<WebSocketTunnel> open;
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private ByteBuffer early = BufferUtil.EMPTY_BUFFER;

    /// @param open all that are; this one is in it until its end
    WebSocketTunnel(
            EndPoint caller,
            Executor executor,
            Socket upstream,
            Leave leave,
            Set<WebSocketTunnel> open) {
        super(caller, executor);
        this.upstream = upstream;
        this.leave = leave;
        this.open = open;
        open.add(this);
    }

    /// Called again and again: ends it once its leave is over.
    void look() {
        if (leave.isOver()) closeBoth();
    }

    /// What the caller sent before the handshake was over.
    @Override
    public void onUpgradeTo(ByteBuffer buffer) {
        early = BufferUtil.copy(buffer);
    }

    @Override
    public void onOpen() {
        super.onOpen();
        Thread.ofVirtual().name("tunnel-up").start(this::pumpUp);
        Thread.ofVirtual().name("tunnel-down").start(this::pumpDown);
    }

    /// Reading is the pump's.
    @Override
    public void onFillable() {
        throw new IllegalStateException("nobody has asked for this call");
    }

    private void pumpUp() {
        try {
            var out = upstream.getOutputStream();
            if (early.hasRemaining()) out.write(BufferUtil.toArray(early));
            var buffer = BufferUtil.allocate(BUFFER);
            while (true) {
                BufferUtil.clear(buffer);
                int read = getEndPoint().fill(buffer);
                if (read < 0) break;
                if (read > 0) out.write(buffer.array(), buffer.arrayOffset(), buffer.remaining());
                else awaitBytes();
            }
        } catch (IOException _) {
            // However it ended, both ends are closed below.
        } finally {
            closeBoth();
        }
    }

    private void awaitBytes() throws IOException {
        try (var blocker = Blocker.callback()) {
            getEndPoint().fillInterested(blocker);
            blocker.block();
        }
    }

    private void pumpDown() {
        try {
            var in = upstream.getInputStream();
            var buffer = new byte[BUFFER];
            for (int read; (read = in.read(buffer)) >= 0; ) {
                try (var blocker = Blocker.callback()) {
                    getEndPoint().write(blocker, ByteBuffer.wrap(buffer, 0, read));
                    blocker.block();
                }
            }
        } catch (IOException _) {
            // As above.
        } finally {
            closeBoth();
        }
    }

    @Override
    public void onClose(Throwable cause) {
        super.onClose(cause);
        closeBoth();
    }

    private void closeBoth() {
        if (!isClosed.compareAndSet(false, true)) return;
        open.remove(this);
        try {
            upstream.close();
        } catch (IOException _) {
            // Closed is what it is then too.
        }
        getEndPoint().close();
    }
}
