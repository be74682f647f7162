package io.meseta.launcher;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What Ctrl-C and SIGTERM mean to a launcher: stop everything in order, then go.
///
/// The JVM answers either signal by running its shutdown hooks, and exits when they have. A second
/// Ctrl-C cannot be heard in a hook, but it can be seen: the JVM starts a thread for each signal,
/// and the second one waits for the first. (The listening interface, `sun.misc.Signal`, is
/// internal.)
final class Signals {

    private static final int QUIT = 130;
    private static final long LOOK_MS = 50;

    private Signals() {}

    /// Runs `stop` when the JVM is told to end, and `quit` when it is told so again meanwhile.
    static void onStop(Runnable stop, Runnable quit) {
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform()
                                .unstarted(() -> {
                                    var over = new CountDownLatch(1);
                                    Thread.ofPlatform().daemon().start(() -> watch(over, quit));
                                    stop.run();
                                    over.countDown();
                                }));
    }

    private static void watch(CountDownLatch over, Runnable quit) {
        try {
            while (!over.await(LOOK_MS, TimeUnit.MILLISECONDS)) {
                if (count() > 1) {
                    quit.run();
                    Runtime.getRuntime().halt(QUIT);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static long count() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("SIG"))
                .filter(thread -> thread.getName().endsWith(" handler"))
                .count();
    }
}
