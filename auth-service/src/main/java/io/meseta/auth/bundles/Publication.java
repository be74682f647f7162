package io.meseta.auth.bundles;

import io.meseta.authorization.bundle.SignedBundle;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The newest bundle, and those who wait for one that is newer.
///
/// Whoever waits is in the set before looking at the bundle, and whoever publishes changes the
/// bundle before looking at the set; so one of the two always finds the other.
public final class Publication {

    private final int waitingMax;
    private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private volatile @Nullable Issue newest;
    private volatile boolean isClosed;

    /// @param waitingMax how many may wait at once
    public Publication(int waitingMax) {
        this.waitingMax = waitingMax;
    }

    /// One bundle as it goes out, made into bytes once for all.
    public static final class Issue {

        private final long version;
        private final byte[] bytes;

        public Issue(long version, SignedBundle signed) {
            this.version = version;
            this.bytes = signed.asBytes();
        }

        public long version() {
            return version;
        }

        /// Not copied: a thousand services get the same. Nobody changes it.
        public byte[] bytes() {
            return bytes;
        }
    }

    /// Somebody who waits for a bundle newer than `after`.
    public static final class Waiting {

        private final long after;
        private final Consumer<Issue> receiver;
        private final Runnable end;

        private Waiting(long after, Consumer<Issue> receiver, Runnable end) {
            this.after = after;
            this.receiver = receiver;
            this.end = end;
        }
    }

    public Optional<Issue> newest() {
        return Optional.ofNullable(newest);
    }

    public long version() {
        var now = newest;
        return now == null ? 0 : now.version();
    }

    /// How many wait.
    public int waitingCount() {
        return count.get();
    }

    /// Sends out a bundle; one that is not newer is not sent.
    public void publish(Issue issue) {
        if (issue.version() <= version()) return;
        newest = issue;
        for (var each : waiting) serve(each, issue);
    }

    private void serve(Waiting each, Issue issue) {
        if (issue.version() > each.after && leave(each)) each.receiver.accept(issue);
    }

    /// Has `receiver` called once, now or later, with a bundle newer than `after`.
    ///
    /// @param end called instead if nobody can wait any longer
    /// @return empty if too many wait already
    public Optional<Waiting> hold(long after, Consumer<Issue> receiver, Runnable end) {
        if (count.incrementAndGet() > waitingMax) {
            count.decrementAndGet();
            return Optional.empty();
        }
        var each = new Waiting(after, receiver, end);
        waiting.add(each);
        if (isClosed) letGo();
        newest().ifPresent(issue -> serve(each, issue));
        return Optional.of(each);
    }

    /// Waits no longer.
    ///
    /// @return whether it was still waiting
    public boolean leave(Waiting each) {
        var wasThere = waiting.remove(each);
        if (wasThere) count.decrementAndGet();
        return wasThere;
    }

    /// Lets all go who wait, now and from now on: a process that stops would wait for them.
    public void close() {
        isClosed = true;
        letGo();
    }

    private void letGo() {
        for (var each : waiting) {
            if (leave(each)) each.end.run();
        }
    }

    /// Waits until `version` is out, or a newer one; not before anything was ever published.
    public void await(long version, Duration max) {
        if (newest == null || version() >= version) return;
        var out = new CompletableFuture<Boolean>();
        var held = hold(version - 1, _ -> out.complete(true), () -> out.complete(false));
        if (held.isEmpty()) return;
        try {
            out.get(max.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException _) {
            // It comes out later; what was changed is durable.
        } finally {
            leave(held.get());
        }
    }
}
