package io.meseta.master.leadership;

import io.meseta.master.engine.CommitLine;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// Where a leader is stopped in the middle of a commit, once it is armed: it stands still there
/// until it is let go, or it dies there.
final class StopPoint {

    private static final long WAIT_SECONDS_MAX = 30;

    private final AtomicReference<Optional<Where>> armed = new AtomicReference<>(Optional.empty());
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean isDeadly;

    /// The lines of a commit between which a leader may stop.
    enum Where {
        BEFORE_THE_APPEND,
        BETWEEN_APPEND_AND_PUBLISHING,
        BETWEEN_PUBLISHING_AND_ANSWERING,
        BETWEEN_ANSWERING_AND_EFFECTS,
        AMID_THE_EFFECTS
    }

    /// What a dead process does: nothing any more.
    static final class Died extends Error {

        private static final long serialVersionUID = 1L;
    }

    void arm(Where where) {
        armed.set(Optional.of(where));
    }

    void awaitReached() {
        await(reached);
    }

    /// It goes on as if nothing had happened.
    void resume() {
        released.countDown();
    }

    /// It never goes on.
    void kill() {
        isDeadly = true;
        released.countDown();
    }

    void line(CommitLine line) {
        pass(
                switch (line) {
                    case TAKEN -> Where.BEFORE_THE_APPEND;
                    case DURABLE -> Where.BETWEEN_APPEND_AND_PUBLISHING;
                    case VISIBLE -> Where.BETWEEN_PUBLISHING_AND_ANSWERING;
                    case ANSWERED -> Where.BETWEEN_ANSWERING_AND_EFFECTS;
                });
    }

    void pass(Where here) {
        if (!armed.get().equals(Optional.of(here))) return;
        armed.set(Optional.empty());
        reached.countDown();
        await(released);
        if (isDeadly) throw new Died();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(WAIT_SECONDS_MAX, TimeUnit.SECONDS))
                throw new AssertionError("nothing has happened for too long");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
