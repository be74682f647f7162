package io.meseta.agent.core.task;

import io.meseta.model.Opaque;
import io.meseta.model.TaskKey;
import java.time.Duration;

/// What was ordered: the few facts that decisions need, and the rest as it came.
///
/// @param killGrace from the polite signal to the one that cannot be refused
/// @param completionLimit how long the task may run; [#UNLIMITED] for as long as it likes
/// @param hearsKilling whether its framework knows the state KILLING
/// @param framework the framework's wire message
/// @param wire the task's wire message
/// @param home who runs it
public record TaskSpec(
        TaskKey key,
        Duration killGrace,
        Duration completionLimit,
        boolean hearsKilling,
        Opaque framework,
        Opaque wire,
        Home home) {

    /// Longer than any machine runs, yet an instant can still be moved by it.
    public static final Duration UNLIMITED = Duration.ofDays(365_000);

    public static final Duration KILL_GRACE = Duration.ofSeconds(3);

    public TaskSpec {
        if (killGrace.isNegative()) throw new IllegalArgumentException("negative kill grace");
        if (completionLimit.isNegative())
            throw new IllegalArgumentException("negative completion limit");
        killGrace = min(killGrace);
        completionLimit = min(completionLimit);
    }

    /// A task that is a process of its own.
    public TaskSpec(
            TaskKey key,
            Duration killGrace,
            Duration completionLimit,
            boolean hearsKilling,
            Opaque framework,
            Opaque wire) {
        this(key, killGrace, completionLimit, hearsKilling, framework, wire, new Home.Own());
    }

    /// This task, run by whoever lives there.
    public TaskSpec at(Home other) {
        return new TaskSpec(key, killGrace, completionLimit, hearsKilling, framework, wire, other);
    }

    /// Whether only an executor knows what becomes of it.
    public boolean isHosted() {
        return home instanceof Home.Hosted;
    }

    private static Duration min(Duration duration) {
        return duration.compareTo(UNLIMITED) > 0 ? UNLIMITED : duration;
    }
}
