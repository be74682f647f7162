package io.meseta.master.core.framework;

import io.meseta.master.core.framework.Presence.Connected;
import io.meseta.master.core.framework.Presence.Disconnected;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.FrameworkId;
import io.meseta.model.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A registered scheduler.
///
/// @param reregisteredAt when it last subscribed; equals `registeredAt` until it comes back
public record Framework(
        FrameworkId id,
        FrameworkProfile profile,
        Instant registeredAt,
        Instant reregisteredAt,
        Presence presence) {

    /// How long any framework may stay away after a change of leader, however short its own
    /// timeout: it must first find the new one.
    public static final Duration TAKEOVER_GRACE = Duration.ofMinutes(10);

    public static Framework registered(FrameworkId id, FrameworkProfile profile, Instant at) {
        return new Framework(id, profile, at, at, away(profile, at, TAKEOVER_GRACE));
    }

    public Framework resubscribed(FrameworkProfile said, Instant at) {
        var next = said.keeping(profile.identity());
        return new Framework(id, next, registeredAt, at, presence);
    }

    /// As it says on the stream that it has that it is now.
    public Framework updated(FrameworkProfile said) {
        var next = said.keeping(profile.identity());
        return new Framework(id, next, registeredAt, reregisteredAt, presence);
    }

    public Framework connected(StreamId stream, Instant at) {
        return new Framework(id, profile, registeredAt, reregisteredAt, new Connected(stream, at));
    }

    public Framework disconnected(Instant at, Instant deadline) {
        return new Framework(
                id, profile, registeredAt, reregisteredAt, new Disconnected(at, deadline));
    }

    /// As a new leader finds it: away, with time to come back.
    public Framework orphaned(Instant at, Duration grace) {
        return new Framework(id, profile, registeredAt, reregisteredAt, away(profile, at, grace));
    }

    public Optional<StreamId> stream() {
        return switch (presence) {
            case Connected(var stream, _) -> Optional.of(stream);
            case Disconnected _ -> Optional.empty();
        };
    }

    public boolean isConnected() {
        return presence instanceof Connected;
    }

    /// When it counts as gone unless it comes back; empty while it is connected.
    public Optional<Instant> deadline() {
        return switch (presence) {
            case Connected _ -> Optional.empty();
            case Disconnected(_, var deadline) -> Optional.of(deadline);
        };
    }

    /// A task's state in the words that this framework knows.
    public TaskState sees(TaskState state) {
        return profile.can(FrameworkCapability.PARTITION_AWARE)
                ? state
                : state.asSeenWithoutPartitionAwareness();
    }

    private static Disconnected away(FrameworkProfile profile, Instant at, Duration grace) {
        var timeout = profile.failoverTimeout();
        return new Disconnected(at, at.plus(timeout.compareTo(grace) > 0 ? timeout : grace));
    }
}
