package io.meseta.images.pulls;

import io.meseta.images.reference.ImageFault;
import io.meseta.images.reference.ImageFault.Kind;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Work that several want at once is done once. It ends when it is done or when nobody waits for it
/// any more: then its thread is interrupted.
///
/// Synchronized on the map: joining, leaving and ending must not pass each other. No work is done
/// under the lock.
///
/// @param <K> which work
/// @param <S> what those who take part share while it runs
/// @param <V> what comes of it
final class SharedWork<K, S, V> {

    private final Executor threads;
    private final Duration longest;
    private final Supplier<S> sharing;
    private final Map<K, Running> running = new HashMap<>();

    /// @param longest how long anybody waits for a piece of work
    SharedWork(Executor threads, Duration longest, Supplier<S> sharing) {
        this.threads = threads;
        this.longest = longest;
        this.sharing = sharing;
    }

    /// What came of a piece of work, and whether it was our own.
    record Outcome<V>(@Nullable V value, @Nullable ImageFault failed, boolean isOwn) {
        V orThrow() {
            if (failed != null) throw failed;
            if (value == null) throw new AssertionError("work without outcome");
            return value;
        }
    }

    /// Takes part in what others have begun.
    interface Part<S> {
        void join(S shared);

        void leave(S shared);
    }

    /// Does `work`, or waits for whoever does it already. Interrupting a waiting thread ends its
    /// part, which is a fault of kind `CANCELLED`.
    Outcome<V> run(K key, Part<S> part, Function<S, V> work) {
        try {
            while (true) {
                var joined = join(key, part, work);
                // One that has been given up is waited for, so that two never do the same.
                if (joined.isGivenUp) {
                    awaitEnd(joined.over);
                    continue;
                }
                return outcome(joined, part);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Outcome<>(null, cancelled(stopped), true);
        }
    }

    private Outcome<V> outcome(Joined joined, Part<S> part) throws InterruptedException {
        try {
            awaitEnd(joined.work.over);
        } finally {
            leave(joined.work, part);
        }
        return new Outcome<>(joined.work.value, joined.work.failed, joined.isOwn);
    }

    private void awaitEnd(CountDownLatch over) throws InterruptedException {
        if (over.await(longest.toMillis(), TimeUnit.MILLISECONDS)) return;
        throw new ImageFault(
                Kind.UNREACHABLE,
                "the image was not here after %d s".formatted(longest.toSeconds()));
    }

    /// A place in a piece of work.
    private final class Joined {
        private final Running work;
        private final CountDownLatch over;
        private final boolean isOwn;
        private final boolean isGivenUp;

        Joined(Running work, boolean isOwn, boolean isGivenUp) {
            this.work = work;
            this.over = work.over;
            this.isOwn = isOwn;
            this.isGivenUp = isGivenUp;
        }
    }

    private Joined join(K key, Part<S> part, Function<S, V> work) {
        synchronized (running) {
            var found = running.get(key);
            if (found != null && found.waiters == 0) return new Joined(found, false, true);
            if (found != null) {
                found.waiters++;
                part.join(found.shared);
                return new Joined(found, false, false);
            }
            var started = new Running(key, sharing.get(), work);
            started.waiters = 1;
            part.join(started.shared);
            running.put(key, started);
            try {
                threads.execute(started);
            } catch (RejectedExecutionException closed) {
                running.remove(key);
                throw cancelled(closed);
            }
            return new Joined(started, true, false);
        }
    }

    private void leave(Running work, Part<S> part) {
        synchronized (running) {
            part.leave(work.shared);
            if (--work.waiters == 0) work.giveUp();
        }
    }

    private static ImageFault cancelled(Exception cause) {
        return new ImageFault(Kind.CANCELLED, "stopped waiting for an image", cause);
    }

    /// One piece of work.
    private final class Running implements Runnable {

        private final K key;
        private final S shared;
        private final Function<S, V> work;
        private final CountDownLatch over = new CountDownLatch(1);
        private int waiters;
        private @Nullable Thread thread;
        private volatile @Nullable V value;
        private volatile @Nullable ImageFault failed;

        Running(K key, S shared, Function<S, V> work) {
            this.key = key;
            this.shared = shared;
            this.work = work;
        }

        /// Under the lock.
        private void giveUp() {
            if (thread != null) thread.interrupt();
        }

        @Override
        public void run() {
            try {
                if (begin()) value = work.apply(shared);
                else failed = new ImageFault(Kind.CANCELLED, "nobody waits for it any more");
            } catch (ImageFault known) {
                failed = known;
            } catch (RuntimeException broken) {
                failed = new ImageFault(Kind.STORAGE, "a pull broke: " + broken, broken);
            } finally {
                end();
            }
        }

        private boolean begin() {
            synchronized (running) {
                if (waiters == 0) return false;
                thread = Thread.currentThread();
                return true;
            }
        }

        private void end() {
            synchronized (running) {
                thread = null;
                running.remove(key);
                // The thread goes back to its pool without our interrupt.
                if (Thread.interrupted() && failed == null && value == null) {
                    failed = new ImageFault(Kind.CANCELLED, "stopped");
                }
            }
            over.countDown();
        }
    }
}
