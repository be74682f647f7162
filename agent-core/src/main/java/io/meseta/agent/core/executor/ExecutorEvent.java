package io.meseta.agent.core.executor;

import io.meseta.agent.core.task.Ending;
import io.meseta.agent.core.task.Exit;
import io.meseta.model.Opaque;
import io.meseta.model.TaskKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What can happen to one executor.
public sealed interface ExecutorEvent {

    /// Whether it must be on disk before anyone hears of it.
    default boolean isRecorded() {
        return switch (this) {
            case Ordered _,
                    Prepared(),
                    Started(),
                    Registered(),
                    KillBegun _,
                    KillForced(),
                    Ended _,
                    Forgotten() ->
                    true;
            case Attended _,
                    Left(),
                    Awaited _,
                    Handed _,
                    KillHanded _,
                    UpdateRepeated _,
                    Said _,
                    EndTold _ ->
                    false;
        };
    }

    /// Whether a stop of the machine may not lose it.
    default boolean outlivesMachine() {
        return this instanceof Ordered || this instanceof Ended || this instanceof Forgotten;
    }

    /// The master ordered a task for it, and there was none; `container` names its run.
    record Ordered(ExecutorSpec spec, long order, UUID container) implements ExecutorEvent {}

    /// Its sandbox is ready and its process may be started.
    record Prepared() implements ExecutorEvent {}

    /// Its process has been seen.
    record Started() implements ExecutorEvent {}

    /// It has said its first word.
    record Registered() implements ExecutorEvent {}

    /// It listens.
    record Attended(UUID connection) implements ExecutorEvent {}

    /// It listens no more.
    record Left() implements ExecutorEvent {}

    /// It has until then to say a word.
    record Awaited(Instant until) implements ExecutorEvent {}

    /// Tasks are handed to it: one by itself, or all those of a group.
    record Handed(List<TaskKey> tasks, boolean isGroup) implements ExecutorEvent {
        public Handed {
            tasks = List.copyOf(tasks);
        }
    }

    /// It is told to end one of its tasks.
    ///
    /// @param grace as whoever asked has said it; empty for the task's own
    record KillHanded(TaskKey task, Optional<Duration> grace) implements ExecutorEvent {}

    /// It has said an update once more that is kept already.
    record UpdateRepeated(TaskKey task, UUID uuid) implements ExecutorEvent {}

    /// It has something to say to its framework, which went out as report `number`.
    record Said(Opaque data, long number) implements ExecutorEvent {}

    /// It was told to end.
    ///
    /// @param fate how its tasks end with it; empty for the way in which they end with any executor
    record KillBegun(Optional<Ending> fate, Instant forceAt) implements ExecutorEvent {}

    /// Its time to end by itself is over.
    record KillForced() implements ExecutorEvent {}

    /// Nothing of it runs any more.
    record Ended(Exit exit) implements ExecutorEvent {}

    /// Its end went out as report `number`. A hello says it as well, by not naming it.
    record EndTold(Exit exit, long number) implements ExecutorEvent {}

    /// Everything that was to be said of its tasks has been heard: it is no longer held.
    record Forgotten() implements ExecutorEvent {}
}
