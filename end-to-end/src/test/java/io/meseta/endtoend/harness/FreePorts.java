package io.meseta.endtoend.harness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;
import java.util.stream.IntStream;

/// Ports for services that are killed and must find theirs free when they come back.
///
/// They lie below the range from which systems take ports for outgoing connections, so that no
/// connection sits on one meanwhile. Tests that run at the same time in another process take theirs
/// elsewhere.
public final class FreePorts {

    private static final int FORKS = 2;
    private static final int PORTS_OF_FORK = 9_000;
    private static final int LOWEST =
            12_000 + PORTS_OF_FORK * (Integer.getInteger("meseta.tests.fork", 1) % FORKS);
    private static final int HIGHEST = LOWEST + PORTS_OF_FORK;
    private static final int ATTEMPTS_MAX = 200;
    private static final Random RANDOM = new Random();

    private FreePorts() {}

    public static int one() {
        return consecutive(1);
    }

    /// The first of `count` free ports in a row.
    public static int consecutive(int count) {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            int first = RANDOM.nextInt(LOWEST, HIGHEST - count);
            if (IntStream.range(first, first + count).allMatch(FreePorts::isFree)) return first;
        }
        throw new IllegalStateException("no free ports");
    }

    public static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException _) {
            return false;
        }
    }
}
