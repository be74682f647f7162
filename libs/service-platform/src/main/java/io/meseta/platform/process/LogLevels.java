package io.meseta.platform.process;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/// How much this process logs, by Mesos' numbers: 0 as configured, 1 more, 2 and above everything;
/// set for a time, then back.
public final class LogLevels implements AutoCloseable {

    private static final String LOGGER = "io.meseta";
    private static final Duration TIME_MAX = Duration.ofDays(1);

    private final LoggingSystem logging;
    private final ScheduledThreadPoolExecutor clock;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable LogLevel configured;
    private @Nullable ScheduledFuture<?> end;
    private long level;

    LogLevels(LoggingSystem logging) {
        this.logging = logging;
        this.clock =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().name("log-level").daemon().factory());
        clock.setRemoveOnCancelPolicy(true);
    }

    /// The number that was set, or 0.
    public long level() {
        lock.lock();
        try {
            return level;
        } finally {
            lock.unlock();
        }
    }

    /// Sets the level, and sets it back once the time is over: a day at most. A later call takes
    /// the place of an earlier one.
    ///
    /// @param wanted not negative
    public void set(long wanted, Duration time) {
        var limited = time.compareTo(TIME_MAX) > 0 ? TIME_MAX : time;
        lock.lock();
        try {
            if (level == 0) configured = configured();
            apply(wanted);
            if (end != null) end.cancel(false);
            end = clock.schedule(this::reset, Math.max(0, limited.toNanos()), TimeUnit.NANOSECONDS);
        } finally {
            lock.unlock();
        }
    }

    /// Other services of the same process, as in tests, are left as they were configured.
    @Override
    public void close() {
        clock.shutdownNow();
        if (level() != 0) reset();
    }

    private void reset() {
        lock.lock();
        try {
            apply(0);
        } finally {
            lock.unlock();
        }
    }

    private void apply(long wanted) {
        level = wanted;
        logging.setLogLevel(
                LOGGER, wanted == 0 ? configured : wanted == 1 ? LogLevel.DEBUG : LogLevel.TRACE);
    }

    private @Nullable LogLevel configured() {
        var configuration = logging.getLoggerConfiguration(LOGGER);
        return configuration == null ? null : configuration.getConfiguredLevel();
    }
}
