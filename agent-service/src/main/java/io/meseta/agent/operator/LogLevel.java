package io.meseta.agent.operator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.boot.logging.LoggingSystem;

/// How much the agent logs: 0 as configured, 1 more, 2 and above everything; for a time.
public final class LogLevel {

    private static final String LOGGER = "io.meseta";
    private static final Duration TIME_MAX = Duration.ofDays(1);

    private record Setting(int level, Instant until) {}

    private final LoggingSystem logging;
    private final InstantSource clock;
    private volatile Setting setting = new Setting(0, Instant.MAX);

    LogLevel(LoggingSystem logging, InstantSource clock) {
        this.logging = logging;
        this.clock = clock;
    }

    int level() {
        return setting.level();
    }

    /// Sets the level, and sets it back once `time` is over.
    void set(int level, Duration time) {
        var limited = time.compareTo(TIME_MAX) > 0 ? TIME_MAX : time;
        var next = new Setting(level, clock.instant().plus(limited));
        setting = next;
        apply(level);
        Thread.ofVirtual().name("log-level").start(() -> resetAfter(limited, next));
    }

    private void resetAfter(Duration time, Setting mine) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException _) {
            return;
        }
        // A later setting has a thread of its own.
        if (setting.equals(mine)) {
            setting = new Setting(0, Instant.MAX);
            apply(0);
        }
    }

    private void apply(int level) {
        var spring =
                switch (level) {
                    case 0 -> org.springframework.boot.logging.LogLevel.INFO;
                    case 1 -> org.springframework.boot.logging.LogLevel.DEBUG;
                    default -> org.springframework.boot.logging.LogLevel.TRACE;
                };
        logging.setLogLevel(LOGGER, spring);
    }
}
