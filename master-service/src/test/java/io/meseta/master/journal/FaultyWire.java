package io.meseta.master.journal;

import io.meseta.testkit.database.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A way to a database on which things go wrong when a test says so.
public final class FaultyWire implements AutoCloseable {

    private static final int BUFFER_BYTES = 16 * 1024;

    private final TestDatabase database;
    private final ServerSocket listening;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile Fault fault = Fault.NONE;
    private volatile boolean isClosed;

    /// What becomes of what is sent.
    public enum Fault {
        NONE,
        /// The connection breaks before the server has heard anything.
        CUT_BEFORE_THE_SERVER,
        /// The server hears and does it; its answer is lost with the connection.
        CUT_BEFORE_THE_ANSWER,
        /// Nothing comes through, and nobody is told.
        SILENCE,
        /// The server hears and does it; its answer waits until this is over.
        ANSWERS_WAIT
    }

    private FaultyWire(TestDatabase database, ServerSocket listening) {
        this.database = database;
        this.listening = listening;
    }

    public static FaultyWire to(TestDatabase database) {
        try {
            var socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            var wire = new FaultyWire(database, socket);
            Thread.ofVirtual().name("wire").start(wire::accept);
            return wire;
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot listen", failure);
        }
    }

    /// By this way.
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:%d/%s?user=%s"
                .formatted(listening.getLocalPort(), database.name(), TestDatabase.USER);
    }

    public void now(Fault next) {
        lock.lock();
        try {
            fault = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        isClosed = true;
        now(Fault.NONE);
        closeQuietly(listening);
        open.forEach(FaultyWire::closeQuietly);
    }

    private void accept() {
        while (!isClosed) {
            try {
                var near = listening.accept();
                var far = new Socket(database.host(), database.port());
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                open.add(near);
                open.add(far);
                Thread.ofVirtual().start(() -> pump(near, far, true));
                Thread.ofVirtual().start(() -> pump(far, near, false));
            } catch (IOException _) {
                // The server may be away, or this wire is closed: the loop finds out.
            }
        }
    }

    private void pump(Socket from, Socket to, boolean isToServer) {
        var buffer = new byte[BUFFER_BYTES];
        try (from;
                to) {
            var in = from.getInputStream();
            var out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (isBroken(isToServer)) return;
                waitWhileHeld(isToServer);
                out.write(buffer, 0, count);
            }
            waitWhileHeld(isToServer);
        } catch (IOException | InterruptedException _) {
            // Both ends are closed, which is what each of them hears.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private boolean isBroken(boolean isToServer) {
        return isToServer
                ? fault == Fault.CUT_BEFORE_THE_SERVER
                : fault == Fault.CUT_BEFORE_THE_ANSWER;
    }

    private void waitWhileHeld(boolean isToServer) throws InterruptedException {
        lock.lock();
        try {
            while (fault == Fault.SILENCE || (fault == Fault.ANSWERS_WAIT && !isToServer))
                changed.await();
        } finally {
            lock.unlock();
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
