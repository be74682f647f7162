package io.meseta.agent.core.task;

import io.meseta.agent.core.update.StatusUpdate;
import java.time.Instant;
import java.util.UUID;

/// What can happen to one task.
public sealed interface TaskEvent {

    /// Whether it must be on disk before anyone hears of it.
    default boolean isRecorded() {
        return true;
    }

    /// Whether a stop of the machine may not lose it. What it may lose is of a run that is over
    /// then, or is said once more: an acknowledgement that is lost brings its update again.
    default boolean outlivesMachine() {
        return switch (this) {
            case Ordered _, Ended _, Abandoned(), Succeeded _, Forgotten() -> true;
            case Prepared _,
                    Delivered(),
                    Started _,
                    KillBegun _,
                    KillHastened _,
                    KillForced(),
                    Told _,
                    Acknowledged _,
                    Sent _,
                    DueAgain() ->
                    false;
        };
    }

    /// The master ordered it; `container` names its sandbox.
    record Ordered(TaskSpec spec, long order, UUID container) implements TaskEvent {}

    /// Its sandbox is ready and its process may be started.
    record Prepared(StatusUpdate update) implements TaskEvent {}

    /// It is handed to its executor.
    record Delivered() implements TaskEvent {}

    /// Its process has been seen.
    record Started(StatusUpdate update, Instant completeBy) implements TaskEvent {}

    record KillBegun(KillMotive motive, Instant forceAt) implements TaskEvent {}

    /// A later order left it less time, never more.
    record KillHastened(Instant forceAt) implements TaskEvent {}

    /// Its grace is over.
    record KillForced() implements TaskEvent {}

    /// Something to be told that moves no stage.
    record Told(StatusUpdate update) implements TaskEvent {}

    record Ended(StatusUpdate update) implements TaskEvent {}

    /// Nobody will acknowledge its updates any more.
    record Abandoned() implements TaskEvent {}

    /// Nobody will acknowledge its updates any more, and another task waits for its id; or what was
    /// known of that other one has changed.
    record Succeeded(Interest.Succeeded next) implements TaskEvent {}

    record Acknowledged(UUID uuid) implements TaskEvent {}

    /// Everything that was to be said of it has been heard: it is no longer held.
    record Forgotten() implements TaskEvent {}

    /// The outstanding update went out as report `number`. Forgotten in a restart, which only makes
    /// it go out once more.
    record Sent(StatusUpdate update, long number, Instant at) implements TaskEvent {
        @Override
        public boolean isRecorded() {
            return false;
        }
    }

    /// A new listener has come, so the outstanding update is due again.
    record DueAgain() implements TaskEvent {
        @Override
        public boolean isRecorded() {
            return false;
        }
    }
}
