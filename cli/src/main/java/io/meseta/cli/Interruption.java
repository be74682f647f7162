package io.meseta.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What Ctrl-C and SIGTERM mean while a task runs: wind it up first, then go.
///
/// The JVM answers either signal by running its shutdown hooks and then exits with 130 or 143. Our
/// hook asks for the end and holds the JVM until it is reached. A second Ctrl-C cannot be heard in
/// a hook, but it can be seen: the JVM starts a thread for each signal, and the second one waits
/// for the first. (The listening interface, `sun.misc.Signal`, is internal to the JDK.)
final class Interruption {

    private static final int QUIT = 130;
    private static final long LOOK_MS = 50;

    private final CountDownLatch over = new CountDownLatch(1);
    private final Duration limit;
    private volatile boolean isRequested;

    private Interruption(Duration limit) {
        this.limit = limit;
    }

    /// @param limit how long the winding up may take
    static Interruption watch(Duration limit) {
        var interruption = new Interruption(limit);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().unstarted(interruption::holdUntilOver));
        return interruption;
    }

    boolean isRequested() {
        return isRequested;
    }

    /// Lets the JVM go.
    void finish() {
        over.countDown();
    }

    private void holdUntilOver() {
        isRequested = true;
        long looks = limit.toMillis() / LOOK_MS;
        try {
            for (long look = 0; look < looks; look++) {
                if (over.await(LOOK_MS, TimeUnit.MILLISECONDS)) {
                    return;
                }
                if (signals() > 1) {
                    Runtime.getRuntime().halt(QUIT);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static long signals() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().endsWith(" handler"))
                .filter(thread -> thread.getName().startsWith("SIG"))
                .count();
    }
}
