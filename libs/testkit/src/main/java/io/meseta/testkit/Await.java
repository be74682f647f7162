package io.meseta.testkit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Waits until something is so, with a limit, so that no test sleeps and none hangs.
///
/// A condition that throws counts as "not yet"; what it threw last is the cause of the failure.
public final class Await {

    private static final Duration SHORTLY = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final Duration limit;

    private Await(Duration limit) {
        this.limit = limit;
    }

    /// Waits at most half a minute: long for anything that works, short for a reader of a failure.
    public static Await shortly() {
        return new Await(SHORTLY);
    }

    public static Await within(Duration limit) {
        return new Await(limit);
    }

    /// Waits until `condition` holds; `what` completes the sentence "waited … until".
    public void until(String what, Condition condition) {
        value(what, () -> condition.holds() ? Optional.of(true) : Optional.empty());
    }

    /// Waits until `assertions` throws nothing.
    public void passes(String what, Assertions assertions) {
        value(
                what,
                () -> {
                    assertions.run();
                    return Optional.of(true);
                });
    }

    /// Waits until `source` has a value and returns it.
    public <T> T value(String what, Source<T> source) {
        long start = System.nanoTime();
        Throwable last = null;
        do {
            try {
                Optional<T> value = source.get();
                if (value.isPresent()) return value.get();
                last = null;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw failure(what, interrupted);
            } catch (Exception | AssertionError notYet) {
                last = notYet;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            if (Thread.currentThread().isInterrupted()) throw failure("interrupted: " + what, last);
        } while (System.nanoTime() - start < limit.toNanos());
        throw failure(what, last);
    }

    private AssertionError failure(String what, @Nullable Throwable cause) {
        var because = cause == null ? "" : "; at last: " + cause;
        return new AssertionError("waited %s until %s%s".formatted(limit, what, because), cause);
    }

    /// Something that becomes true.
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws Exception;
    }

    /// Assertions that pass in time.
    @FunctionalInterface
    public interface Assertions {
        void run() throws Exception;
    }

    /// A value that appears in time.
    @FunctionalInterface
    public interface Source<T> {
        Optional<T> get() throws Exception;
    }
}
