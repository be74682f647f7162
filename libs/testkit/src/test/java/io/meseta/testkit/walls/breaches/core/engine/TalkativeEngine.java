package io.meseta.testkit.walls.breaches.core.engine;

import java.net.Socket;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// Planted: an engine may hold a thread and a queue, but no socket.
final class TalkativeEngine {

    private final BlockingQueue<Socket> inbox = new ArrayBlockingQueue<>(1);

    boolean accepts(Socket peer) {
        return inbox.offer(peer);
    }
}
