package io.meseta.endtoend.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A way to a local server that can be cut as networks are: connections stay open, and nothing
/// comes through any more.
public final class CutWire implements AutoCloseable {

    private static final int BUFFER_BYTES = 16 * 1024;

    private final ServerSocket listening;
    private final InetSocketAddress target;
    private final Map<Socket, Boolean> open = new ConcurrentHashMap<>();
    private final Object cutting = new Object();
    private boolean isCut;
    private volatile boolean losesAnswers;
    private volatile boolean isClosed;

    private CutWire(ServerSocket listening, InetSocketAddress target) {
        this.listening = listening;
        this.target = target;
    }

    /// @param near where it listens; a free port for 0
    /// @param target where the server is
    public static CutWire between(InetSocketAddress near, InetSocketAddress target) {
        try {
            var listening = new ServerSocket(near.getPort(), 50, near.getAddress());
            var wire = new CutWire(listening, target);
            Thread.ofVirtual().name("wire").start(wire::accept);
            return wire;
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot listen", failure);
        }
    }

    int port() {
        return listening.getLocalPort();
    }

    /// From now on nothing comes through, and nobody is told.
    public void cut() {
        synchronized (cutting) {
            isCut = true;
        }
    }

    /// From now on whatever is asked for arrives and is done, and whatever is answered is lost
    /// together with its connection.
    public void loseAnswers() {
        losesAnswers = true;
    }

    /// What was held back comes through, and all that follows.
    public void mend() {
        losesAnswers = false;
        synchronized (cutting) {
            isCut = false;
            cutting.notifyAll();
        }
    }

    @Override
    public void close() {
        isClosed = true;
        mend();
        closeQuietly(listening);
        open.keySet().forEach(CutWire::closeQuietly);
    }

    private void accept() {
        while (!isClosed) {
            try {
                var near = listening.accept();
                open.put(near, true);
                // A server that is cut off lets whoever comes to it wait.
                Thread.ofVirtual().start(() -> connect(near));
            } catch (IOException _) {
                // This wire is closed: the loop finds out.
            }
        }
    }

    private void connect(Socket near) {
        var far = new Socket();
        open.put(far, true);
        try {
            far.connect(target);
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            Thread.ofVirtual().start(() -> pump(near, far, false));
            Thread.ofVirtual().start(() -> pump(far, near, true));
        } catch (IOException _) {
            // The server may be away.
            for (var each : List.of(near, far)) {
                closeQuietly(each);
                open.remove(each);
            }
        }
    }

    private void pump(Socket from, Socket to, boolean isAnswer) {
        var buffer = new byte[BUFFER_BYTES];
        try (from;
                to) {
            var in = from.getInputStream();
            var out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (isAnswer && losesAnswers) return;
                waitWhileCut();
                out.write(buffer, 0, count);
            }
            // An end is also held back: who is cut off does not hear that the other has hung up.
            waitWhileCut();
        } catch (IOException | InterruptedException _) {
            // Both ends are closed, which is what each of them hears.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private void waitWhileCut() throws InterruptedException {
        synchronized (cutting) {
            while (isCut) cutting.wait();
        }
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception _) {
            // It is closed all the same.
        }
    }
}
