package io.meseta.master.core.operation;

import io.meseta.model.OperationId;
import io.meseta.model.OperationState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// An operation that an agent has been ordered to carry out. It is kept until its end is known and,
/// if a framework waits for that, acknowledged.
///
/// @param owner empty if an operator wanted it, or nobody is there any more who did
/// @param state `OPERATION_PENDING` until the agent has said how it ended
/// @param message why it ended so; empty for nothing to add
/// @param telling how often its end has been told, and when it is told again
public record OrderedOperation(
        OperationKey key,
        OperationSpec spec,
        Optional<OperationOwner> owner,
        Instant orderedAt,
        OperationState state,
        String message,
        Telling telling) {

    /// As for statuses of tasks: the first repetition, and the longest pause between two.
    static final Duration PAUSE_MIN = Duration.ofSeconds(10);

    static final Duration PAUSE_MAX = Duration.ofMinutes(10);

    private static final int DOUBLINGS_MAX = 10;

    /// The leader's memory of what was said.
    ///
    /// @param next when it is said again
    public record Telling(int times, Instant next) {

        static Telling first(Instant at) {
            return new Telling(1, at.plus(PAUSE_MIN));
        }

        Telling again(Instant at) {
            var pause = PAUSE_MIN.multipliedBy(1L << Math.min(times, DOUBLINGS_MAX));
            return new Telling(
                    times + 1, at.plus(pause.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : pause));
        }
    }

    public static OrderedOperation ordered(
            OperationKey key, OperationSpec spec, Optional<OperationOwner> owner, Instant at) {
        return new OrderedOperation(
                key, spec, owner, at, OperationState.OPERATION_PENDING, "", Telling.first(at));
    }

    /// As it was written down.
    public static OrderedOperation of(
            OperationKey key,
            OperationSpec spec,
            Optional<OperationOwner> owner,
            Instant orderedAt,
            OperationState state,
            String message) {
        return new OrderedOperation(
                key, spec, owner, orderedAt, state, message, Telling.first(orderedAt));
    }

    /// Whether the agent has yet to say how it ended.
    public boolean isPending() {
        return !state.isTerminal();
    }

    /// Whether a framework waits for its end.
    public boolean isAwaited() {
        return owner.flatMap(OperationOwner::id).isPresent();
    }

    public OrderedOperation ended(OperationState end, String why, Instant at) {
        return new OrderedOperation(key, spec, owner, orderedAt, end, why, Telling.first(at));
    }

    /// Whether a framework's receipt by this uuid is waited for.
    boolean awaits(OperationId id, UUID uuid) {
        return status().filter(told ->
                        told.operation().equals(id) && told.uuid().filter(uuid::equals).isPresent())
                .isPresent();
    }

    OrderedOperation told(Instant at) {
        return new OrderedOperation(key, spec, owner, orderedAt, state, message, telling.again(at));
    }

    /// Whoever wanted it is gone.
    OrderedOperation disowned() {
        return new OrderedOperation(
                key, spec, Optional.empty(), orderedAt, state, message, telling);
    }

    /// As a new leader finds it.
    public OrderedOperation untold() {
        return new OrderedOperation(
                key, spec, owner, orderedAt, state, message, Telling.first(orderedAt));
    }

    /// What the framework that waits for it is told; empty if none does.
    public Optional<OperationStatus> status() {
        var uuid = isPending() ? Optional.<UUID>empty() : Optional.of(key.statusUuid());
        return owner.flatMap(OperationOwner::id)
                .map(id -> new OperationStatus(id, state, message, uuid, Optional.of(key.agent())));
    }
}
