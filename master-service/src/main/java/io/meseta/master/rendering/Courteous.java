package io.meseta.master.rendering;

import io.meseta.isolation.linux.Niceness;
import java.io.IOException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/// Work on a thread that comes after all others of this machine, while the caller's thread waits.
/// Virtual threads share theirs with those that must not wait.
final class Courteous {

    private Courteous() {}

    /// Something long that nobody is in a hurry for.
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    /// Does it. To be interrupted is to interrupt it, and still to wait until it has ended.
    static void run(String name, Work work) throws IOException {
        var task =
                new FutureTask<Void>(() -> {
                    Niceness.giveWay();
                    work.run();
                    return null;
                });
        await(Thread.ofPlatform().daemon().name(name).start(task));
        if (task.state() == Future.State.SUCCESS) return;
        switch (task.exceptionNow()) {
            case IOException failure -> throw failure;
            case RuntimeException failure -> throw failure;
            case Error failure -> throw failure;
            case Throwable impossible -> throw new IllegalStateException(impossible);
        }
    }

    private static void await(Thread thread) {
        boolean isInterrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException _) {
                isInterrupted = true;
                thread.interrupt();
            }
        }
        if (isInterrupted) Thread.currentThread().interrupt();
    }
}
