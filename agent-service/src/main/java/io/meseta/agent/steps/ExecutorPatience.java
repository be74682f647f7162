package io.meseta.agent.steps;

import io.meseta.agent.core.executor.AgentExecutor;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// What executors are told of this agent beside what their tasks are told too.
///
/// @param recovery how long an executor should wait for an agent that is away
/// @param reregistration how long a restarted agent waits for an executor
/// @param tokens what an executor proves itself with; empty where nobody has to
public record ExecutorPatience(
        Duration recovery,
        Duration reregistration,
        Function<AgentExecutor, Optional<String>> tokens) {

    Optional<String> token(AgentExecutor executor) {
        return tokens.apply(executor);
    }

    /// In Mesos' form, in the largest unit that needs no fraction: `5secs`, `15mins`.
    public static String text(Duration duration) {
        long nanos = duration.toNanos();
        for (var unit : Unit.values())
            if (nanos != 0 && nanos % unit.nanos == 0) return nanos / unit.nanos + unit.suffix;
        return nanos + "ns";
    }

    private enum Unit {
        WEEKS(Duration.ofDays(7), "weeks"),
        DAYS(Duration.ofDays(1), "days"),
        HOURS(Duration.ofHours(1), "hrs"),
        MINUTES(Duration.ofMinutes(1), "mins"),
        SECONDS(Duration.ofSeconds(1), "secs"),
        MILLISECONDS(Duration.ofMillis(1), "ms"),
        MICROSECONDS(Duration.ofNanos(1_000), "us");

        private final long nanos;
        private final String suffix;

        Unit(Duration duration, String suffix) {
            this.nanos = duration.toNanos();
            this.suffix = suffix;
        }
    }
}
