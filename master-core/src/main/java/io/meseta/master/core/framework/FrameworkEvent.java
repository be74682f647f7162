package io.meseta.master.core.framework;

import io.meseta.allocator.want.Want;
import io.meseta.master.core.gang.Gang;
import io.meseta.model.FrameworkId;
import io.meseta.model.Role;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;

/// What can happen to a framework.
public sealed interface FrameworkEvent {

    FrameworkId framework();

    /// A framework that the cluster did not know has subscribed.
    record FrameworkRegistered(FrameworkId framework, FrameworkProfile profile, Instant at)
            implements FrameworkEvent {}

    /// A known framework has subscribed again.
    record FrameworkResubscribed(FrameworkId framework, FrameworkProfile profile, Instant at)
            implements FrameworkEvent {}

    /// Its stream is open. Passing. Takes the place of an older stream.
    record FrameworkConnected(
            FrameworkId framework, StreamId stream, OfferWishes wishes, Instant at)
            implements FrameworkEvent {}

    /// It has changed what it says of itself, on the stream that it has.
    record FrameworkUpdated(FrameworkId framework, FrameworkProfile profile, Instant at)
            implements FrameworkEvent {}

    /// It wants other offers than before. Passing.
    record WishesChanged(FrameworkId framework, OfferWishes wishes) implements FrameworkEvent {}

    /// Its stream is closed; it has until `deadline`.
    record FrameworkDisconnected(FrameworkId framework, Instant at, Instant deadline)
            implements FrameworkEvent {}

    /// It is gone for good: its id can't be used again.
    record FrameworkRemoved(FrameworkId framework, Instant at) implements FrameworkEvent {}

    /// It wants no offers for these roles. Passing.
    record RolesSuppressed(FrameworkId framework, SortedSet<Role> roles)
            implements FrameworkEvent {}

    /// It wants offers for these roles, also those it has refused. Passing.
    record RolesRevived(FrameworkId framework, SortedSet<Role> roles) implements FrameworkEvent {}

    /// It has said what it needs, and forgets what it said before. Passing.
    ///
    /// @param gangs what it can use only together
    record ResourcesRequested(FrameworkId framework, List<Want> wants, List<Gang> gangs)
            implements FrameworkEvent {

        public ResourcesRequested {
            wants = List.copyOf(wants);
            gangs = List.copyOf(gangs);
        }
    }

    default boolean isRecorded() {
        return switch (this) {
            case FrameworkRegistered _,
                    FrameworkResubscribed _,
                    FrameworkUpdated _,
                    FrameworkDisconnected _,
                    FrameworkRemoved _ ->
                    true;
            case FrameworkConnected _,
                    WishesChanged _,
                    RolesSuppressed _,
                    RolesRevived _,
                    ResourcesRequested _ ->
                    false;
        };
    }
}
